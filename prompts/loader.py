"""Prompt files: found by id and version, checked on load, rendered as messages.

A file is YAML front matter between `---` lines and a body. The body has a part after the line
`=== user ===` and, unless it only continues a conversation, a part after `=== system ===`. A body without such
lines is a partial: other prompts include it. Variables are `{name}`; a literal brace is doubled.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

import yaml
from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dnd.errors import ConfigurationError, FieldError, InvalidParametersError

FOLDER = Path(__file__).parent
SYSTEM_MARK = "=== system ==="
USER_MARK = "=== user ==="
STABLE_VARIABLES = frozenset({"rules"})
"""All that a system part may use: anything of the request there would spoil the vendor's prompt cache."""


class PromptError(ConfigurationError):
    """A prompt file is wrong, or was rendered with the wrong values."""


class ModelDefaults(BaseModel):
    """How the prompt wants its model called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_tokens: int = Field(default=6000, ge=256, le=128_000, description="Of the answer, reasoning included.")
    effort: Literal["minimal", "low", "medium", "high"] | None = None
    verbosity: Literal["low", "medium", "high"] | None = None


class FrontMatter(BaseModel):
    """What a prompt file says about itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(pattern=r"^v[1-9][0-9]{0,3}$")
    variables: tuple[str, ...] = ()
    includes: dict[str, str] = Field(default_factory=dict, description="Partial's id → its version.")
    model: ModelDefaults = Field(default_factory=ModelDefaults)
    notes: str = Field(default="", description="What this version is for, or changed.")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of one prompt, its includes resolved."""

    id: str
    version: str
    variables: frozenset[str]
    """Exactly the values that `messages` wants."""
    model: ModelDefaults
    notes: str
    system: str | None
    """Template of the system message; None for a prompt that continues a conversation, and for a partial."""
    user: str
    """Template of the user message; of a partial, its text."""
    sha256: str
    """Of the file's text with its includes resolved."""
    template: ChatPromptTemplate = field(repr=False, compare=False)

    @property
    def hash(self) -> str:
        """Tagged content hash, `prompt:<12 hex>`."""
        return f"prompt:{self.sha256[:12]}"

    def messages(self, **values: str) -> list[BaseMessage]:
        """The system message, if there is one, and the user message.

        Raises:
            PromptError: `values` are not exactly the declared variables.
        """
        if values.keys() != self.variables:
            missing = ", ".join(sorted(self.variables - values.keys())) or "none"
            extra = ", ".join(sorted(values.keys() - self.variables)) or "none"
            raise PromptError(f"{self.id}/{self.version}: missing values: {missing}; unknown values: {extra}")
        return self.template.format_messages(**values)


def load_prompt(prompt_id: str, version: str | None = None) -> Prompt:
    """The prompt in the version given, or in its active one.

    Raises:
        InvalidParametersError: there is no such version; its path is `/prompt_version`.
        PromptError: there is no such prompt, or its file is wrong.
    """
    if version is None:
        return _load(prompt_id, active_version(prompt_id))
    known = prompt_versions(prompt_id)
    if version not in known:
        message = f"prompt {prompt_id!r} has no version {version[:20]!r}; known: {', '.join(known)}"
        raise InvalidParametersError(message, [FieldError("/prompt_version", message)])
    return _load(prompt_id, version)


def active_version(prompt_id: str) -> str:
    """The version used when a request names none.

    Raises:
        PromptError: `active.yaml` has no line for the prompt.
    """
    try:
        return active_versions()[prompt_id]
    except KeyError:
        raise PromptError(f"active.yaml names no version of the prompt {prompt_id!r}") from None


@cache
def active_versions() -> Mapping[str, str]:
    """Prompt id → active version, from `active.yaml`."""
    table: dict[str, str] = yaml.load((FOLDER / "active.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return table


@cache
def prompt_versions(prompt_id: str) -> tuple[str, ...]:
    """All versions of a prompt, oldest first.

    Raises:
        PromptError: there is no such prompt.
    """
    found = [file.version for file in prompt_files() if file.id == prompt_id]
    if not found:
        raise PromptError(f"there is no prompt {prompt_id!r}")
    return tuple(sorted(found, key=lambda version: int(version[1:])))


@dataclass(frozen=True, slots=True, order=True)
class PromptFile:
    """Where one version of one prompt lies."""

    id: str
    version: str
    path: Path


@cache
def prompt_files() -> tuple[PromptFile, ...]:
    """Every prompt file, partials included, sorted."""
    return tuple(sorted(PromptFile(path.parent.name, path.stem, path) for path in FOLDER.glob("*/*.md")))


@cache
def _load(prompt_id: str, version: str) -> Prompt:
    path = FOLDER / prompt_id / f"{version}.md"
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise PromptError(f"{prompt_id}/{version}: cannot be read: {error}") from error
    return parse_prompt(text, prompt_id, version)


def parse_prompt(text: str, prompt_id: str, version: str) -> Prompt:
    """Read the text of a prompt file, found as `<prompt_id>/<version>.md`.

    Raises:
        PromptError: the first thing wrong with it.
    """
    where = f"{prompt_id}/{version}"
    head, body = _split_front_matter(text, where)
    meta = _front_matter(head, where)
    if (meta.id, meta.version) != (prompt_id, version):
        raise PromptError(f"{where}: calls itself {meta.id}/{meta.version}")
    includes = {name: _partial(name, wanted, where) for name, wanted in meta.includes.items()}
    system, user = _parts(body, where)
    used_system = _fields(system or "", where)
    used_user = _fields(user, where)
    _check_variables(meta, used_system, used_user, where)
    system = None if system is None else _resolve(system, includes)
    user = _resolve(user, includes)
    messages = [("user", user)] if system is None else [("system", system), ("user", user)]
    return Prompt(
        id=meta.id,
        version=meta.version,
        variables=frozenset(meta.variables),
        model=meta.model,
        notes=meta.notes,
        system=system,
        user=user,
        sha256=hashlib.sha256(_resolve(text, includes).encode()).hexdigest(),
        template=ChatPromptTemplate.from_messages(messages),
    )


def _split_front_matter(text: str, where: str) -> tuple[str, str]:
    start, opening, rest = text.partition("---\n")
    head, closing, body = rest.partition("\n---\n")
    if start or not opening or not closing:
        raise PromptError(f"{where}: must begin with front matter between two lines of three dashes")
    return head, body


def _front_matter(head: str, where: str) -> FrontMatter:
    try:
        return FrontMatter.model_validate(yaml.load(head, yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise PromptError(f"{where}: bad front matter: {error}") from error


def _partial(name: str, version: str, where: str) -> str:
    if not (FOLDER / name / f"{version}.md").is_file():
        raise PromptError(f"{where}: includes {name}/{version}, which does not exist")
    prompt = _load(name, version)
    if prompt.system is not None or prompt.variables:
        raise PromptError(f"{where}: includes {name}/{version}, which is no partial")
    return prompt.user


def _parts(body: str, where: str) -> tuple[str | None, str]:
    """System and user template; a partial's text counts as the user template."""
    lines = body.split("\n")
    marks = [line for line in lines if line in {SYSTEM_MARK, USER_MARK}]
    if not marks:
        return None, body.strip()
    if marks not in ([SYSTEM_MARK, USER_MARK], [USER_MARK]):
        raise PromptError(f"{where}: wants {SYSTEM_MARK!r} (or not) and then {USER_MARK!r}, once each")
    first = lines.index(marks[0])
    if "".join(lines[:first]).strip():
        raise PromptError(f"{where}: has text before {marks[0]!r}")
    user_at = lines.index(USER_MARK)
    user = "\n".join(lines[user_at + 1 :]).strip()
    system = "\n".join(lines[first + 1 : user_at]).strip() if len(marks) == 2 else None
    if not user or system == "":
        raise PromptError(f"{where}: has an empty part")
    return system, user


def _fields(template: str, where: str) -> set[str]:
    """Names of the variables in a template.

    Raises:
        PromptError: a brace stands alone, or a field is positional, takes an attribute, an index or a format.
    """
    found: set[str] = set()
    try:
        for _, name, spec, conversion in Formatter().parse(template):
            if name is None:
                continue
            if not name.isidentifier() or spec or conversion:
                raise PromptError(f"{where}: {{{name}}} is not a plain variable")
            found.add(name)
    except ValueError as error:
        raise PromptError(f"{where}: {error}") from error
    return found


def _check_variables(meta: FrontMatter, system: set[str], user: set[str], where: str) -> None:
    declared, included = set(meta.variables), set(meta.includes)
    used = system | user
    complaints = {
        "declares twice": sorted({name for name in meta.variables if meta.variables.count(name) > 1}),
        "uses undeclared": sorted(used - declared - included),
        "declares and does not use": sorted((declared | included) - used),
        "has as variable and as include": sorted(declared & included),
        "uses in the system part, which must be stable": sorted(system - included - STABLE_VARIABLES),
    }
    for complaint, names in complaints.items():
        if names:
            raise PromptError(f"{where}: {complaint}: {', '.join(names)}")


def _resolve(template: str, includes: Mapping[str, str]) -> str:
    for name, text in includes.items():
        template = template.replace(f"{{{name}}}", text)
    return template
