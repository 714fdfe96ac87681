# Each target is one line that anybody could type.
.PHONY: help start init-db db-status rollback smoke test bench research

help: ## Show these targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

start: ## Run a server here; Ctrl-C stops it
	@./errand serve

init-db: ## Bring the database to this version's schema; a start does so too
	@./errand init-db

db-status: ## List the steps of the database's schema
	@./errand db status

rollback: ## Take the database one step back; YES=1 asks no question
	@./errand db rollback $(if $(YES),--yes)

smoke: ## Try every API of a running server, or of one of its own
	@scripts/smoke.sh

test: ## Build everything and run every test and check
	@./errand test

bench: ## Measure it on this machine
	@./errand bench

research: ## Answer QUESTION from the documents in DOCS
	@./errand research "$(QUESTION)" $(if $(DOCS),--docs "$(DOCS)")
