"""An address is shown without what opens it, however it is written."""

import logging

import pytest

from pipelines.core import log
from pipelines.core.errors import ConfigError
from pipelines.core.location import shown, without_secrets

CASES = [  # the address, as it is shown
    ("landing/counter.csv", "landing/counter.csv"),
    ("/landing/a@b.csv", "/landing/a@b.csv"),
    (r"C:\landing\counter.csv", r"C:\landing\counter.csv"),
    ("C:/landing/a@b.csv", "C:/landing/a@b.csv"),
    (r"\\server\share\a.csv", r"\\server\share\a.csv"),
    ("s3://bucket/in/counter.csv", "s3://bucket/in/counter.csv"),
    ("s3://KEY:Canary@bucket/in/a.csv", "s3://bucket/in/a.csv"),
    ("s3://Canary@bucket/in/a.csv", "s3://bucket/in/a.csv"),
    ("s3://KEY:Can/ary@bucket/in/a.csv", "s3://…"),
    ("ftp://user:Can@ary@host:21/a.csv", "ftp://host:21/a.csv"),
    ("ftp://user:Can?ary@host/a.csv", "ftp://…"),
    ("ftp://user:12/Canary@host/a.csv", "ftp://…"),
    ("sftp://user:Can#ary@host/a.csv", "sftp://…"),
    ("https://host/a.csv?token=Canary", "https://host/a.csv"),
    ("https://host/a.csv?sv=1&sig=Canary#Canary", "https://host/a.csv"),
    ("https://host:8443/a.csv?mail=a@Canary", "https://…"),
    ("simplecache::s3://KEY:Canary@bucket/a.csv", "simplecache::s3://bucket/a.csv"),
    ("zip://a.csv::https://u:Canary@host/b.zip?k=Canary", "zip://a.csv::https://host/b.zip"),
    ("postgresql+psycopg://u:Canary@h:5432/db", "postgresql+psycopg://h:5432/db"),
    ("postgresql://h/db?user=u&password=Canary", "postgresql://h/db"),
    ("postgresql://h/db?sslpassword=Canary&options=-c%20x", "postgresql://h/db"),
    ("mssql+pyodbc:///?odbc_connect=PWD%3DCanary", "mssql+pyodbc:///"),
    ("jdbc:sqlserver://h;user=u;password=Canary", "jdbc:sqlserver://h"),
    ("postgres:/u:Canary@h/db", "postgres:/h/db"),
    ("u:Canary@host:/in/a.csv", "host:/in/a.csv"),
    ("host=h password=Canary dbname=d", "host=h password=… dbname=d"),
    ("host=h password='Canary 2' dbname=d", "host=h password=… dbname=d"),
    ("data:text/csv,Canary", "data:…"),
    ("sqlite:////in/party.db", "sqlite:////in/party.db"),
    ("duckdb:///var/warehouse.duckdb", "duckdb:///var/warehouse.duckdb"),
    ("github://org:Canary@repo/path", "github://repo/path"),
]


@pytest.mark.parametrize(("written", "as_shown"), CASES)
def test_an_address_is_shown_without_what_opens_it(written, as_shown):
    assert shown(written) == as_shown


@pytest.mark.parametrize("written", [c for c, _ in CASES if "Canary" in c and " " not in c])
def test_no_sentence_tells_what_opens_an_address(written):
    for sentence in (f"{written}: away", f"could not open '{written}'.", f"see ({written}), later"):
        said = without_secrets(sentence)
        assert "Canary" not in said
        assert said.split(" ")[-1] == sentence.split(" ")[-1].replace(written, shown(written))
        error = ConfigError(sentence, sentence)
        assert "Canary" not in error.en + error.zh + repr(error)


def test_an_ordinary_sentence_stays_as_it_is():
    for sentence in (
        "give its password by reference (password: env:NAME or file:PATH)",
        "write duckdb:///DIR/warehouse.duckdb or postgresql+psycopg://USER@HOST/DATABASE",
        "write it as dialect://user:${PASSWORD}@host/database",
        "packs/ours/channels/counter.yaml, line 7: unknown key 'a'",
        "/in/a.csv: cannot be read; is it there? Ask again",
    ):
        assert without_secrets(sentence) == sentence


def test_no_line_of_the_log_tells_what_opens_an_address(capsys):
    log.configure(verbose=True)
    logging.getLogger("pipelines.flow").info("reading %s", "s3://KEY:Canary@bucket/a.csv")
    logging.getLogger("urllib3").warning("retrying: /a.csv?token=Canary")
    logging.getLogger("aiohttp").info("GET %s", "Canary, whatever it is")
    told = capsys.readouterr().err
    assert "reading s3://bucket/a.csv" in told
    assert "retrying: /a.csv" in told
    assert "Canary" not in told
