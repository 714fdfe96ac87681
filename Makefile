# Each target is one line that anybody could type.
.PHONY: help start smoke test research

help: ## Show these targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

start: ## Run a server here; Ctrl-C stops it
	@./errand serve

smoke: ## Try the API of a running server
	@scripts/smoke.sh

test: ## Build everything and run every test and check
	@./errand test

research: ## Answer QUESTION from the documents in DOCS
	@./errand research "$(QUESTION)" $(if $(DOCS),--docs "$(DOCS)")
