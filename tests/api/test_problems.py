"""Every kind of error has its status, its code and its headers."""

import inspect

import pytest
from starlette.exceptions import HTTPException

from api.problems import MASKED, Problem, problem_of, respond
from dnd import errors
from dnd.errors import FieldError, InvalidParametersError, ServiceError

CLASSES = [entry for _, entry in inspect.getmembers(errors, inspect.isclass) if issubclass(entry, ServiceError)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_each_error_of_the_service_is_told_by_its_code(kind: type[ServiceError]) -> None:
    problem, _ = problem_of(kind("what happened"))
    assert (problem.status, problem.code) == (kind.status, kind.code)
    assert problem.detail == (MASKED if kind.status == 500 else "what happened")


def test_the_fields_at_fault_are_passed_on() -> None:
    problem, _ = problem_of(InvalidParametersError("wrong", [FieldError("/facts/0", "too short")]))
    assert [(entry.path, entry.message) for entry in problem.errors] == [("/facts/0", "too short")]


@pytest.mark.parametrize(("seconds", "header"), [(0.1, "1"), (7.0, "7"), (7.2, "8")])
def test_the_time_to_wait_is_rounded_up_to_whole_seconds(seconds: float, header: str) -> None:
    response = respond(errors.ProviderRateLimitedError("busy", retry_after=seconds))
    assert response.headers["retry-after"] == header


def test_without_a_known_time_there_is_no_header() -> None:
    assert "retry-after" not in respond(errors.ProviderTimeoutError("late")).headers


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "not_found"), (405, "method_not_allowed"), (418, "invalid_parameters"), (502, "internal_error")],
)
def test_an_error_of_the_framework_is_told_by_its_status(status: int, code: str) -> None:
    problem, headers = problem_of(HTTPException(status, headers={"allow": "GET"}))
    assert (problem.status, problem.code, headers) == (status, code, {"allow": "GET"})


def test_a_bug_is_masked() -> None:
    problem, _ = problem_of(ZeroDivisionError("secret"))
    assert (problem.status, problem.code, problem.detail) == (500, "internal_error", MASKED)


def test_a_response_reads_back_as_a_problem() -> None:
    response = respond(errors.NotFoundError("there is none"))
    assert response.media_type == "application/problem+json"
    assert Problem.model_validate_json(bytes(response.body)).detail == "there is none"
