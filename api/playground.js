// Feeds LangServe's playground page from /stream: the page asks /stream_log and draws the patches it gets.
(() => {
  const ask = window.fetch.bind(window);
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();

  const frame = (ops) => encoder.encode(`event: data\ndata: ${JSON.stringify({ ops })}\n\n`);
  const opening = frame([
    { op: "replace", path: "", value: { id: "", streamed_output: [], final_output: null, logs: {} } },
  ]);
  const write = (text) => frame([{ op: "add", path: "/streamed_output/-", value: text }]);

  const asError = (problem) =>
    [`\n\n✗ ${problem.code}: ${problem.detail}`, ...(problem.errors ?? []).map((e) => `  ${e.path}  ${e.message}`)].join("\n");

  const asResult = (result) => {
    const facts = result.report.facts.map((f) => `  ${f.expressed ? "✓" : "✗"} ${f.fact}  ${f.path ?? ""}`);
    const usage = `${result.provenance.model}, ${result.trace.length} steps, $${result.usage.cost_usd.toFixed(6)}`;
    const content = JSON.stringify(result.content, null, 2);
    return [`\n\n● ${result.status}  (${usage})`, ...facts, "", content].join("\n");
  };

  // One teller per run: it remembers which field is being written.
  const teller = () => {
    let field = null;
    const tell = {
      stage: ({ stage, state, attempt }) =>
        state === "started" && (stage === "generate" || stage === "repair") ? `\n\n▸ attempt ${attempt}: ${stage}\n` : "",
      delta: ({ path, text, restart }) => {
        if (restart) return "\n\n(starting over)\n";
        const head = path === field ? "" : `\n${path.slice(1)}: `;
        field = path;
        return head + text;
      },
      findings: ({ findings }) => findings.map((f) => `\n  ${f.severity} ${f.rule} ${f.path}  ${f.message}`).join(""),
      result: asResult,
      error: asError,
    };
    return ({ event, data }) => (tell[event] ? tell[event](data) : "");
  };

  const translate = () => {
    const tell = teller();
    let rest = "";
    let begun = false;
    return new TransformStream({
      start: (out) => out.enqueue(opening),
      transform: (chunk, out) => {
        const events = (rest + decoder.decode(chunk, { stream: true })).replaceAll("\r\n", "\n").split("\n\n");
        rest = events.pop();
        for (const event of events) {
          const lines = event.split("\n");
          const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
          const text = lines.includes("event: data") ? tell(JSON.parse(data)) : "";
          if (text) out.enqueue(write(begun ? text : text.trimStart()));
          begun ||= Boolean(text);
        }
      },
    });
  };

  const streamed = (body) => new Response(body, { headers: { "content-type": "text/event-stream" } });

  window.fetch = async (input, options) => {
    const url = String(input);
    if (!url.endsWith("/stream_log")) return ask(input, options);
    const response = await ask(url.replace(/stream_log$/, "stream"), options);
    if (response.ok) return streamed(response.body.pipeThrough(translate()));
    const parts = [opening, write(asError(await response.json()))];
    return streamed(new Blob(parts));
  };
})();
