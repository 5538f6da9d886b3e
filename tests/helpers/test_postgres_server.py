import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.helpers.postgres import Server


def test_a_real_server_answers_through_the_url(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(text("select version()")).startswith("PostgreSQL ")
        assert connection.scalar(text("show server_encoding")) == "UTF8"
    engine.dispose()


def test_a_copy_of_a_template_has_its_tables_and_goes_when_it_is_done_with(postgres_server: Server) -> None:
    with postgres_server.fresh_database() as template:
        with postgres_server.connect(template) as connection:
            connection.execute("create table kept (id int)")
        with postgres_server.fresh_database(template) as copy, postgres_server.connect(copy) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (0,)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        postgres_server.connect(copy)


def test_tests_do_not_share_a_fresh_database(postgres_url: str, fresh_postgres_url: str) -> None:
    assert postgres_url != fresh_postgres_url
