"""A text model provider without a model: the OpenAI wire format over real HTTP, for demos, tests and benchmarks.

It is a product of its own (`llm-service simulator`), an ASGI app that needs no key and no network:

* It answers `POST /v1/chat/completions` and `/v1/responses` (plain, structured, streamed, tools), `/v1/moderations`,
  `/v1/embeddings`, `GET /v1/models`, with the headers, usage details and error bodies of the real API, and refuses
  what the real API refuses. `system_fingerprint` is always `simulator`, and every id is of this process.
* What it writes comes from `writer/` when the prompt carries a brief, otherwise from the schema alone.
* The model's name chooses the character: a real id or `sim-decent` writes with believable mistakes, `sim-flawless`
  with none, `sim-stubborn` repeats its mistake, `sim-garbage` fills the schema with nonsense, `sim-chat` knows no
  structured output, `sim-json` only JSON mode, and `sim-<fault>` fails in the way named (`GET /simulator/faults`).
* `/simulator/script` queues faults, `/simulator/ledger` shows every call with tokens and cost, `/simulator/settings`
  sets pace and limits, `/simulator/reset` begins anew.

The modules, in the order of a call: `app` routes, `exchange` is one HTTP call, `text_endpoint` runs a text call, whose
dialect (`chat`, `responses`) reads and renders it with the help of `parameters`, `tools` and `strict_schema`; `faults`
and `script` decide what goes wrong, `answer` writes, `tokens` counts, `ledger` remembers.
"""
