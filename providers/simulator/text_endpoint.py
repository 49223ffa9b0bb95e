"""One call of a text endpoint: check, strike, write; `delivery` puts the reply on the wire and bills it."""

from providers.simulator.answer import Answer, Question, compose, within_budget
from providers.simulator.delivery import TextDelivery
from providers.simulator.dialect import Dialect, Reply
from providers.simulator.distortions import DISTORTIONS
from providers.simulator.endpoint import fail, model_name, read_object
from providers.simulator.errors import ApiError, invalid
from providers.simulator.exchange import Exchange
from providers.simulator.ledger import Call, Outcome
from providers.simulator.script import Strike
from providers.simulator.state import SimulatorState


class TextEndpoint:
    """Chat completions or responses, by its dialect."""

    def __init__(self, state: SimulatorState, dialect: Dialect) -> None:
        self._state = state
        self._dialect = dialect

    async def __call__(self, exchange: Exchange, call: Call) -> Outcome:
        """Run one call."""
        state = self._state
        body = await read_object(exchange)
        name = call.model = model_name(body)
        model = state.model(name)
        question = self._dialect.read(state, body, model)
        call.streamed = question.stream
        tokens = question.prompt_tokens()
        if tokens > model.input_tokens:
            raise _overflow(model.input_tokens, tokens)
        state.admit(tokens, name)
        strike = state.script.strike(exchange.path, name, question.prompt, own=model.fault, writes=True)
        if strike is not None and strike.fault.is_http:
            return await fail(exchange, call, strike, name)
        reply = self._reply(question, strike, tokens)
        return await TextDelivery(self._dialect, exchange, call, reply, strike).run()

    def _reply(self, question: Question, strike: Strike | None, tokens: int) -> Reply:
        state = self._state
        now = state.clock()
        return Reply(
            id=state.new_id(self._dialect.prefix),
            created=int(now),
            question=question,
            answer=_answer(question, strike),
            input_tokens=tokens,
            cached_tokens=state.prompts.cached_tokens(question.model.snapshot, question.prompt, now),
        )


def _overflow(limit: int, tokens: int) -> ApiError:
    message = (
        f"Input tokens exceed the configured limit of {limit} tokens. Your messages resulted in {tokens} tokens. "
        "Please reduce the length of the messages."
    )
    return invalid(message, "messages", "context_length_exceeded")


def _answer(question: Question, strike: Strike | None) -> Answer:
    if strike is None:
        return within_budget(question, compose(question, question.model.mood))
    if strike.text is not None:
        return within_budget(question, Answer(text=strike.text))
    answer = within_budget(question, compose(question, strike.fault.mood or question.model.mood))
    distortion = strike.fault.distortion
    return answer if distortion is None else DISTORTIONS[distortion](answer, strike.parameters)
