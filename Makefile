# Two commands are enough: `make site` builds everything, `make test` proves it. Both install what is missing.
PYTHON ?= python3
KIT = .venv/bin/kit

.PHONY: site test test-nation serve check bench audit mutants sbom lock catalogs clean

site: .venv/ready
	$(KIT) build --data data --out site

test: .venv/ready-for-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest

# A person runs it: one broken file among 300, and a hundred random sequences of changes (EXAMPLES=20 make test-nation).
test-nation: .venv/ready-for-tests
	.venv/bin/pytest -m nation

serve: .venv/ready
	$(KIT) serve

check: .venv/ready
	$(KIT) check

.venv/ready: requirements.lock pyproject.toml scripts/setup.sh
	PYTHON="$(PYTHON)" bash scripts/setup.sh build

.venv/ready-for-tests: requirements-test.lock pyproject.toml scripts/setup.sh
	PYTHON="$(PYTHON)" bash scripts/setup.sh test

# A person runs it; NATION="10 100 308" make bench for nations of several sizes.
bench: .venv/ready-for-tests
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-maintain.lock
	.venv/bin/python scripts/bench.py

# For maintainers, in an environment of their own: how many changes of the code the tests notice (about half an hour of
# processor time), and the software bill of materials of what `make site` installs.
mutants: .kit/maintain/ready
	.kit/maintain/bin/python scripts/mutants.py

sbom: .kit/maintain/ready
	rm -rf .kit/sbom
	$(PYTHON) -m venv --without-pip .kit/sbom
	.kit/maintain/bin/pip --python .kit/sbom/bin/python install --quiet --require-hashes -r requirements.lock
	.kit/maintain/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml --output-file sbom.json .kit/sbom/bin/python

.kit/maintain/ready: requirements-maintain.lock
	$(PYTHON) -m venv .kit/maintain
	.kit/maintain/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-maintain.lock
	touch .kit/maintain/ready

# A person runs it, after `make site`: Lighthouse, axe on every kind of page in every language, weight. About ten minutes.
audit: .venv/ready-for-tests
	.venv/bin/python scripts/audit/audit.py

# After a change of the texts in templates/ or data/content/: renew the catalogs that translators work in.
catalogs: .venv/ready
	.venv/bin/python -m kit_builder.extraction

# After a change of the dependencies in pyproject.toml.
lock: .venv/ready-for-tests
	.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock pyproject.toml
	.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra test --constraint requirements.lock --output-file requirements-test.lock pyproject.toml
	.venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra test --extra maintain --constraint requirements-test.lock --output-file requirements-maintain.lock pyproject.toml

clean:
	rm -rf site .kit
