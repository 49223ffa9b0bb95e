"""Paid answers of models, kept from the moment they come until their run ends."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from persistence.database import Database
from persistence.dialect import insert_of
from persistence.tables import answers

_GET = select(answers.c.answer).where(
    answers.c.thread_id == bindparam("of_thread"), answers.c.question == bindparam("of_question")
)


class AnswerRepository:
    """One row for each paid answer of a run under way. Finished runs need none: the result has what they said."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = insert_of(database.backend)
        self._put = insert(answers).on_conflict_do_nothing(index_elements=[answers.c.thread_id, answers.c.question])

    async def get(self, thread_id: UUID, question: str) -> str | None:
        """The answer to a question of a run, as JSON text; None when there is none.

        Raises:
            StorageError: see `Database.read`.
        """
        wanted = {"of_thread": thread_id, "of_question": question}
        return await self._database.read(lambda connection: connection.execute(_GET, wanted).scalar_one_or_none())

    async def put(self, thread_id: UUID, question: str, answer: str, created_at: datetime) -> None:
        """Keep an answer before anything else happens. The first one to a question stays.

        Args:
            thread_id: of a run that has started.
            question: hash of the question.
            answer: as JSON text.
            created_at: with a time zone.

        Raises:
            StorageError: see `Database.write`.
        """
        row = {"thread_id": thread_id, "question": question, "answer": answer, "created_at": created_at}
        await self._database.write(lambda connection: connection.execute(self._put, row).rowcount)
