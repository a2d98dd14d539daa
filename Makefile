# Two commands are enough: `make site` builds everything, `make test` proves it. Both install what is missing.
PYTHON ?= python3
KIT = .venv/bin/kit

.PHONY: site test serve check bench lock catalogs clean

site: .venv/ready
	$(KIT) build --data data --out site

test: .venv/ready-for-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest

serve: .venv/ready
	$(KIT) serve

check: .venv/ready
	$(KIT) check

.venv/ready: requirements.lock pyproject.toml scripts/setup.sh
	PYTHON="$(PYTHON)" bash scripts/setup.sh build

.venv/ready-for-tests: requirements-test.lock pyproject.toml scripts/setup.sh
	PYTHON="$(PYTHON)" bash scripts/setup.sh test

# A person runs it; NATION=100 make bench for a larger nation.
bench: .venv/ready-for-tests
	.venv/bin/python scripts/bench.py

# After a change of the texts in templates/ or data/content/: renew the catalogs that translators work in.
catalogs: .venv/ready
	.venv/bin/python -m kit_builder.extraction

# After a change of the dependencies in pyproject.toml.
lock: .venv/ready-for-tests
	.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --output-file requirements.lock pyproject.toml
	.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --extra test --output-file requirements-test.lock pyproject.toml

clean:
	rm -rf site .kit
