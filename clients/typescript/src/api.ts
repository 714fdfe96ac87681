export interface paths {
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own tasks, newest first */
        get: operations["listTasks"];
        put?: never;
        /** Submit a task */
        post: operations["submitTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        /**
         * How a task stands
         * @description While it waits, `waiting_for` says why it does not run yet.
         */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a task
         * @description A waiting task ends at once. A running one is asked to stop, and stopped when it does not.
         */
        post: operations["cancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a failed or cancelled task back in its queue
         * @description Its finished steps are kept and not run again.
         */
        post: operations["retryTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        /** Every attempt of a task */
        get: operations["listAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit many tasks in one transaction
         * @description More tasks than `TASKS_PER_MINUTE` allows in a minute are refused with 422 and the code `batch_beyond_rate`: no waiting would help.
         */
        post: operations["submitBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /** How a batch stands */
        get: operations["getBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        /**
         * Follow a task, or read what happened so far
         * @description A stream of Server-Sent Events that ends with the task: `id` is the event's number, `event` its type, `data` a JSON object
         *     with its time in `at`. Whoever reconnects with `Last-Event-ID` misses nothing and gets nothing twice. `204` says that the
         *     task has ended and that there is nothing after that number.
         *
         *     With `Accept: application/json` a page of what happened so far, 1,000 events at most.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        /**
         * Read a task's log
         * @description As text, or with `Accept: application/x-ndjson` as one JSON object a line.
         */
        get: operations["getLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow all of one's tasks, or read what happened to them
         * @description An endless stream of Server-Sent Events, from now on unless told otherwise; `id` says where to go on after an event.
         *     With `Accept: application/json` a page of what happened so far, from an hour ago on unless told otherwise.
         */
        get: operations["getOwnEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow all of one's tasks over a WebSocket */
        get: operations["followOwnEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        /** Follow a task over a WebSocket */
        get: operations["followTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add an artifact to one of one's own tasks */
        post: operations["uploadArtifact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["artifact_id"];
            };
            cookie?: never;
        };
        /** An artifact's bytes */
        get: operations["getArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts/{id}/meta": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["artifact_id"];
            };
            cookie?: never;
        };
        /** What is known of an artifact */
        get: operations["getArtifactMeta"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/research": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a question with a cited report
         * @description Refused with 422 where neither docs nor urls are given and the web cannot be searched.
         */
        post: operations["submitResearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fetch a page
         * @description The text becomes the artifact `fetch_text`, and the page as it came `fetch_html` when asked.
         */
        post: operations["submitFetch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search
         * @description The task's result has the hits, each address once, with every source that found it.
         */
        post: operations["submitSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search for several things at once
         * @description One task. Its artifact `search_batch_results` has what each query found. Queries that were asked lately, alone or in
         *     another batch, are not asked again; batches that ask the same name the same artifact.
         */
        post: operations["submitSearchBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own schedules */
        get: operations["listSchedules"];
        put?: never;
        /** Make a schedule */
        post: operations["createSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        /** A schedule */
        get: operations["getSchedule"];
        /** Replace a schedule */
        put: operations["replaceSchedule"];
        post?: never;
        /** Delete a schedule */
        delete: operations["deleteSchedule"];
        options?: never;
        head?: never;
        /**
         * Change some fields of a schedule
         * @description `null` stands for a field's default.
         */
        patch: operations["changeSchedule"];
        trace?: never;
    };
    "/schedules/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a schedule rest */
        post: operations["pauseSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a schedule go on */
        post: operations["resumeSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{id}/trigger": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submit a schedule's task now */
        post: operations["triggerSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        /** What a schedule has done, newest first */
        get: operations["listScheduleRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the queues stand */
        get: operations["listQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queues/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example nightly */
                name: components["parameters"]["queue_name"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Limit how many tasks of a queue run at once
         * @description For operators. A limit that is not given is none, and for a key one at a time.
         */
        put: operations["limitQueue"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queues/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example nightly */
                name: components["parameters"]["queue_name"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start no more tasks of a queue */
        post: operations["pauseQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queues/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example nightly */
                name: components["parameters"]["queue_name"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start tasks of a queue again */
        post: operations["resumeQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who runs tasks, on all nodes */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List failed tasks, newest first */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put failed tasks back in their queues
         * @description Those that have not failed are passed over.
         */
        post: operations["retryDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Make a webhook
         * @description The answer shows the secret, and no later one does but that of a rotation.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        /** A webhook */
        get: operations["getWebhook"];
        /** Replace a webhook */
        put: operations["replaceWebhook"];
        post?: never;
        /** Delete a webhook */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change some fields of a webhook
         * @description `null` stands for a field's default.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a new secret
         * @description For a day the one before signs too.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        /** What became of each delivery, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries/{delivery}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
                delivery: components["parameters"]["delivery_id"];
            };
            cookie?: never;
        };
        /** A delivery */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
                delivery: components["parameters"]["delivery_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver it once more */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own runs, newest first */
        get: operations["listRuns"];
        put?: never;
        /** Begin a run */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/processed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a key was processed before */
        get: operations["hasBeenProcessed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest run of a key */
        get: operations["latestRunForKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        /** A run with its metrics and notes */
        get: operations["getRun"];
        put?: never;
        post?: never;
        /** Delete a run */
        delete: operations["deleteRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a run */
        post: operations["endRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down a number */
        post: operations["measureRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down some words */
        post: operations["noteRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get tokens for a name and a password
         * @description With `session` a cookie instead, for this server's own pages only; then the answer is the user.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get new tokens for a refresh token */
        post: operations["refreshTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End one's login */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who one is */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change one's own password
         * @description For users of this server who have logged in; ends all their logins.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys to check this server's tokens with */
        get: operations["getSigningKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signing-keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a new signing key
         * @description For administrators. With `leaked` all tokens that were signed before stop working.
         */
        post: operations["rotateSigningKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description For administrators.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Add a user
         * @description For administrators.
         */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["user_name"];
            };
            cookie?: never;
        };
        /** A user */
        get: operations["getUser"];
        put?: never;
        /** The same, for clients that know no PATCH */
        post: operations["changeUserByPost"];
        delete?: never;
        options?: never;
        head?: never;
        /** Give a user another role, disable or enable them */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/users/{name}/password": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["user_name"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the password of somebody who has forgotten it
         * @description For administrators; ends all logins of the user.
         */
        post: operations["setPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own keys */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make a key for one's programs
         * @description The answer shows the key, and no later one does.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /** A key */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /** Revoke a key */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, newest first
         * @description For administrators.
         */
        get: operations["readAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/one-time-researches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own researches */
        get: operations["listOneTimeResearches"];
        put?: never;
        /** Start a research */
        post: operations["createOneTimeResearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/run-one-time-research/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a queue outside calls to have a research run */
        post: operations["runOneTimeResearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blog/worker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a queue outside calls to have a post written */
        post: operations["runBlogJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/one-time-researches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /** How a research stands */
        get: operations["getOneTimeResearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/infinite-researches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own infinite researches */
        get: operations["listInfiniteResearches"];
        put?: never;
        /** Research again and again */
        post: operations["createInfiniteResearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/infinite-researches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /** An infinite research */
        get: operations["getInfiniteResearch"];
        /** Replace an infinite research */
        put: operations["replaceInfiniteResearch"];
        post?: never;
        /** Delete an infinite research */
        delete: operations["deleteInfiniteResearch"];
        options?: never;
        head?: never;
        /** Change some fields */
        patch: operations["changeInfiniteResearch"];
        trace?: never;
    };
    "/api/infinite-researches/{id}/executions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /** What it has done, newest first */
        get: operations["listExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/research/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a research */
        post: operations["startResearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/research/status/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /** How a research stands */
        get: operations["getResearchStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/research/live/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /**
         * The same over a WebSocket, whenever it changes
         * @description Each text message is a `ResearchStatus`: the first comes at once, the last says how the research ended. What the other side
         *     sends is ignored. It is closed with 1000 when the research has ended, with 1001 when the server stops and with 1013 when the
         *     other side took nothing for twenty seconds.
         */
        get: operations["followResearchStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blog/generate-enhanced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a blog post written
         * @description Waits for the post unless `async_mode` is true. A post that takes longer than a caller should wait goes on, and is answered as
         *     with `async_mode`.
         */
        post: operations["generateBlog"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blog/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have several posts written */
        post: operations["generateBlogs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blog/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own blog jobs */
        get: operations["listBlogJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blog/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /** How a blog post comes on */
        get: operations["getBlogJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blog/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a blog job */
        post: operations["cancelBlogJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one or many tasks stand */
        get: operations["askForJobs"];
        put?: never;
        /**
         * Create a task, ask for many, or have one processed
         * @description `action=create` takes a task, `status` asks as GET does, `process` is QStash's webhook, whose signature is checked.
         */
        post: operations["actOnJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say where one has come */
        get: operations["enter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether everything works */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether to send requests here */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers at all */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What Prometheus scrapes */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this installation allows */
        get: operations["getLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one's tasks may spend today, and what they have */
        get: operations["getBudgets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document for people */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/style.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How that page looks */
        get: operations["getDocsStyle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Why something was refused, after RFC 9457. */
        Problem: {
            /** @description `urn:errand:problem:` and the code. */
            type: string;
            title: string;
            status: number;
            /** @description For people: what is wrong and what to do about it. */
            detail: string;
            /** @description Stable; for programs. */
            code: string;
            errors: components["schemas"]["Violation"][];
            /** @description The path that was called. */
            instance: string;
        };
        Violation: {
            /** @description JSON Pointer (RFC 6901) into what was sent. */
            pointer: string;
            detail: string;
        };
        /** Format: uuid */
        Id: string;
        /**
         * @description `pending`: not yet due. `queued`: due. `running`: an attempt holds it. `retrying`: an attempt failed, the next one waits.
         *     `completed`, `failed` and `cancelled` are final, but for an explicit retry.
         * @enum {string}
         */
        TaskStatus: "pending" | "queued" | "running" | "retrying" | "completed" | "failed" | "cancelled";
        /** @enum {string} */
        Priority: "high" | "normal" | "low";
        Submission: {
            /** @description Which handler runs it: `echo`, `sleep`, `fetch_url`, `research` and others. */
            type: string;
            /** @description What the handler is told. Each type has its own. */
            params: {
                [key: string]: unknown;
            };
            /** @description How long one attempt may run; bounded by TASK_MAX_RUNTIME_SECONDS, which is also the default. */
            timeout_seconds?: number | null;
            /** @description How many failed attempts may be followed by another; 3 unless given. */
            max_retries?: number | null;
            /** @description `normal` unless given. */
            priority?: components["schemas"]["Priority"] | null;
            /** @description Start no sooner than so long from now. Not together with `run_at`. */
            delay_seconds?: number | null;
            /**
             * Format: date-time
             * @description Start no sooner than this. Not together with `delay_seconds`.
             */
            run_at?: string | null;
            /** @description `default` unless given. */
            queue?: string | null;
            /** @description Of one's own tasks in the queue with the same key only so many run at once as the queue allows, usually one. */
            concurrency_key?: string | null;
            /** @description A task that has not been started so long after it was due fails as expired. */
            ttl_seconds?: number | null;
            /** @description What all attempts together may spend. */
            budget?: components["schemas"]["NewBudget"] | null;
            /**
             * Format: uri
             * @description Told of the task's end, as a webhook is.
             */
            callback_url?: string | null;
            /** @description Words to find the task by. */
            tags?: string[] | null;
        };
        NewBudget: {
            tokens?: number | null;
            usd?: number | null;
        };
        Task: {
            id: components["schemas"]["Id"];
            type: string;
            status: components["schemas"]["TaskStatus"];
            params: {
                [key: string]: unknown;
            };
            priority: components["schemas"]["Priority"];
            /** @description Percent. */
            progress: number;
            current_step: string | null;
            steps: components["schemas"]["Step"][];
            /** @description How many there have been, the running one included. */
            attempt: number;
            max_retries: number;
            timeout_seconds: number;
            queue: string;
            tags: string[];
            /** @description Where its end is told; only where one task is asked for, and only where it has one. */
            callback_url?: string;
            owner: string;
            cancel_requested: boolean;
            /**
             * Format: date-time
             * @description When it may start, or start again.
             */
            run_at: string;
            /**
             * Format: date-time
             * @description When it fails unless it was started before; only with `ttl_seconds` and until its first start.
             */
            expires_at?: string;
            /**
             * Format: date-time
             * @description When it became due, `null` while it waits for that.
             */
            queued_at: string | null;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
            /**
             * Format: date-time
             * @description `null` when nobody can tell, and in lists.
             */
            estimated_completion: string | null;
            waiting_for?: components["schemas"]["Waiting"];
            /** @description What the handler returned, `null` until the task completed; `artifact_ids` in it names what it stored. */
            result: unknown;
            error: components["schemas"]["TaskError"] | null;
            spent?: components["schemas"]["Spent"];
            budget?: components["schemas"]["Budget"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description Where to go from here; `cancel` and `retry` only while they are possible. */
            links: {
                self: string;
                events: string;
                log: string;
                attempts: string;
                cancel?: string;
                retry?: string;
            };
        };
        Step: {
            name: string;
            /** @enum {string} */
            status: "pending" | "running" | "completed";
            /** Format: date-time */
            finished_at: string | null;
        };
        /** @description Why a task does not run yet; only where one task is asked for. */
        Waiting: {
            /** @enum {string} */
            reason: "not_due" | "retry_backoff" | "queue_paused" | "no_worker_for_type" | "queue_limit" | "concurrency_key" | "workers_busy";
            detail: string;
            /** @description How many tasks of the same lane go first. */
            position?: number;
        };
        TaskError: {
            code: string;
            message: string;
        };
        /** @description In all attempts; only where one task is asked for. */
        Spent: {
            tokens: number;
            usd: number;
        };
        /** @description What may be spent, what has been, and what is reserved for calls under way. */
        Budget: {
            tokens: {
                limit: number | null;
                spent: number;
                reserved: number;
            };
            usd: {
                limit: number | null;
                spent: number;
                reserved: number;
            };
        };
        TaskPage: {
            tasks: components["schemas"]["Task"][];
            next_cursor: string | null;
        };
        Attempt: {
            number: number;
            worker: string;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            ended_at: string | null;
            /** @description `null` while it runs. */
            outcome: string | null;
            error: {
                code: string;
                message: string;
                /** @description For administrators only. */
                stack_trace?: string | null;
            } | null;
        };
        Batch: {
            id: components["schemas"]["Id"];
            owner: string;
            total: number;
            /** @description How many tasks have each status. */
            counts: {
                [key: string]: number;
            };
            /** @description Percent: the mean over the tasks. */
            progress: number;
        };
        Event: {
            /** @description Its number within the task, without gaps. */
            id: number;
            /** @description Such as `queued`, `started`, `progress`, `step_completed`, `completed`. */
            type: string;
            /** Format: date-time */
            at: string;
            data: {
                [key: string]: unknown;
            };
        };
        LogLine: {
            number: number;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            level: "debug" | "info" | "warn" | "error";
            text: string;
        };
        OwnEvent: {
            /** @description Where to go on after it. */
            id: string;
            task_id: components["schemas"]["Id"];
            /** @description Its number within the task. */
            number: number;
            type: string;
            /** Format: date-time */
            at: string;
            data: {
                [key: string]: unknown;
            };
        };
        Artifact: {
            id: components["schemas"]["Id"];
            task_id: components["schemas"]["Id"];
            name: string;
            type: string;
            content_type: string;
            /** @description In bytes. */
            size: number;
            sha256: string;
            /** Format: date-time */
            created_at: string;
            links: {
                self: string;
                meta: string;
                task: string;
            };
        };
        /** @description Whom to ask, by name; where nobody is named, the first that this installation has. */
        SearchSources: string[] | null;
        /** @description Leaves out what is known to be older; 0 or less means any age. */
        RecencyDays: number | null;
        /** @description Only what is from these domains and their subdomains. */
        SearchDomains: string[] | null;
        /** @description Fewer results than `SEARCH_MAX_RESULTS`. */
        MaxResults: number | null;
        NewSchedule: {
            name?: string | null;
            /** @description Five fields, six with seconds first, or a macro such as `@daily`. */
            cron: string;
            /** @description Such as `Europe/Berlin`; UTC unless given. */
            time_zone?: string | null;
            /**
             * @description What becomes of a run while the one before has not ended: it is skipped (as is usual), waits in its queue, or runs too.
             * @enum {unknown}
             */
            overlap?: "skip" | "queue" | "allow" | null;
            /**
             * @description What becomes of moments that passed while nobody could fire: they are made up for by one run (as is usual), or skipped.
             * @enum {unknown}
             */
            misfire?: "skip" | "once" | null;
            paused?: boolean | null;
            type: string;
            params: {
                [key: string]: unknown;
            };
            timeout_seconds?: number | null;
            max_retries?: number | null;
            priority?: components["schemas"]["Priority"] | null;
            queue?: string | null;
            /**
             * Format: uri
             * @description Told of each task's end.
             */
            callback_url?: string | null;
            tags?: string[] | null;
        };
        Schedule: {
            id: components["schemas"]["Id"];
            name: string;
            cron: string;
            time_zone: string;
            /** @enum {string} */
            overlap: "skip" | "queue" | "allow";
            /** @enum {string} */
            misfire: "skip" | "once";
            paused: boolean;
            type: string;
            params: {
                [key: string]: unknown;
            };
            queue: string;
            priority: components["schemas"]["Priority"];
            timeout_seconds: number;
            max_retries: number;
            callback_url?: string | null;
            tags: string[];
            owner: string;
            /** @description The next moments, none while it is paused. */
            next_runs: string[];
            last_run: components["schemas"]["ScheduleRun"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            links: {
                self: string;
                runs: string;
                trigger: string;
                pause?: string;
                resume?: string;
            };
        };
        ScheduleRun: {
            schedule_id: components["schemas"]["Id"];
            /**
             * Format: date-time
             * @description The moment it is for, or when it was triggered.
             */
            due_at: string;
            triggered: boolean;
            /** @enum {string} */
            status: "waiting" | "submitted" | "skipped";
            /** Format: uuid */
            task_id: string | null;
            /** @description Why it was skipped, or whatever else is worth knowing. */
            reason: string | null;
            links: {
                schedule: string;
                task?: string;
            };
        };
        Queue: {
            name: string;
            paused: boolean;
            /** @description Attempts that may run at once, `null` without a limit. */
            concurrency_limit: number | null;
            /** @description Of those, how many of one owner with one concurrency key. */
            key_limit: number;
            /** @description Tasks that are due. */
            waiting: number;
            /** @description Tasks that are not due yet. */
            later: number;
            running: number;
        };
        Worker: {
            name: string;
            types: string[];
            /** @description Attempts it runs at a time at most. */
            concurrency: number;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            heartbeat_at: string;
            running: number;
            /** @description False for one that is silent and whose tasks are about to be rescued. */
            alive: boolean;
        };
        NewWebhook: {
            /** Format: uri */
            url: string;
            /** @description All of them unless given. */
            events?: ("task.completed" | "task.failed" | "task.cancelled" | "batch.completed")[] | null;
            description?: string | null;
            enabled?: boolean | null;
        };
        Webhook: {
            id: components["schemas"]["Id"];
            /** @description `null` for the one that signs the calls to the `callback_url` of single tasks. */
            url: string | null;
            events: string[];
            description: string;
            enabled: boolean;
            disabled_reason: string | null;
            /** @description Only in the answer that made it. */
            secret?: string;
            /** Format: date-time */
            previous_secret_until: string | null;
            /** Format: date-time */
            failing_since: string | null;
            owner: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            links: {
                self: string;
                deliveries: string;
                rotate_secret: string;
            };
        };
        Delivery: {
            id: components["schemas"]["Id"];
            webhook_id: components["schemas"]["Id"];
            /** @description Such as `task.completed`. */
            event: string;
            /**
             * Format: uuid
             * @description The task that ended; of a batch its first, whose id is the batch's.
             */
            task_id: string;
            url: string;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed";
            tries: number;
            last_try: {
                /** Format: date-time */
                at: string;
                status: number | null;
                error: string | null;
                answer: string | null;
            } | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            delivered_at: string | null;
            /** @description What is sent. */
            payload: unknown;
            links: {
                self: string;
                redeliver: string;
                task: string;
                /** @description Only where a batch is told of. */
                batch?: string;
                carrier: string;
            };
        };
        Run: {
            id: components["schemas"]["Id"];
            /** @description With its scope, such as `search:abc123`. */
            key: string;
            /** Format: uuid */
            task_id: string | null;
            /** @enum {string} */
            status: "running" | "completed" | "failed";
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            ended_at: string | null;
            metrics?: {
                [key: string]: unknown;
            }[];
            notes?: {
                [key: string]: unknown;
            }[];
        };
        /** @enum {string} */
        Role: "user" | "operator" | "admin";
        /** @enum {string} */
        Scope: "tasks:read" | "tasks:write" | "admin";
        NewPassword: string;
        User: {
            name: string;
            role: components["schemas"]["Role"];
            disabled: boolean;
            /** Format: date-time */
            created_at: string;
        };
        Tokens: {
            access_token: string;
            /** @enum {string} */
            token_type: "Bearer";
            /** @description Seconds. */
            expires_in: number;
            refresh_token: string;
            user: components["schemas"]["User"];
        };
        ApiKey: {
            id: components["schemas"]["Id"];
            owner: string;
            name: string;
            /** @description How the key begins. */
            prefix: string;
            scopes: components["schemas"]["Scope"][];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /** Format: date-time */
            last_used_at: string | null;
            /** @description The whole key, shown once: when it is made. */
            key: string | null;
        };
        AuditEntry: {
            id: number;
            /** Format: date-time */
            at: string;
            actor: string;
            via: string;
            action: string;
            target: string | null;
            /** @enum {string} */
            outcome: "done" | "refused";
            address: string;
            detail: string | null;
        };
        Pushed: {
            task_id: string;
            status: string | null;
        };
        OneTimeResearch: {
            id: components["schemas"]["Id"];
            user_id: string;
            prompt: string;
            /** @enum {string} */
            status: "pending" | "queued" | "running" | "completed" | "failed";
            /** @description `queues/<queue>/tasks/<id>`, the name in Errand's own queue; `null` until it is queued. */
            cloud_task_name: string | null;
            output_log_url: string | null;
            error_message: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
        };
        NewInfiniteResearch: {
            prompt: string;
            cron: string;
            time_zone?: string | null;
            enabled?: boolean | null;
            name?: string | null;
        } & {
            [key: string]: unknown;
        };
        InfiniteResearch: {
            id: components["schemas"]["Id"];
            user_id: string;
            name: string;
            prompt: string;
            cron: string;
            time_zone: string;
            enabled: boolean;
            /** Format: date-time */
            next_run_at: string | null;
            /** Format: date-time */
            last_run_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Execution: {
            id: string | null;
            infinite_research_id: components["schemas"]["Id"];
            /** @enum {string} */
            status: "pending" | "queued" | "running" | "completed" | "failed" | "skipped" | "expired";
            /** Format: date-time */
            due_at: string;
            output_log_url: string | null;
            error_message: string | null;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
        };
        ResearchStatus: {
            job_id: components["schemas"]["Id"];
            /** @enum {string} */
            status: "PENDING" | "STARTED" | "PROGRESS" | "SUCCESS" | "FAILURE" | "RETRY" | "REVOKED";
            info: {
                message: string;
                current_phase?: string;
                progress: number;
                error?: string;
            } | null;
            progress_message: string | null;
            current_phase: string | null;
            result_link: string | null;
            /** @description Only of a research that failed. */
            error?: string;
        };
        /** @description What the author does not understand is passed over, and named in the result. */
        NewBlog: {
            topic: string;
            keywords?: string[] | null;
            use_google_search?: boolean | null;
            tone?: string | null;
            /** @enum {unknown} */
            length?: "short" | "medium" | "long" | "extended" | null;
            word_count_target?: number | null;
            sections?: number | null;
            language?: string | null;
            target_audience?: string | null;
            custom_instructions?: string | null;
            dry_run?: boolean | null;
        } & {
            [key: string]: unknown;
        };
        BlogJob: {
            job_id: components["schemas"]["Id"];
            /** @enum {string} */
            status: "pending" | "queued" | "processing" | "completed" | "failed";
            progress_percentage: number;
            current_stage: string | null;
            result: unknown;
            error_message: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            completed_at: string | null;
            /** @description Seconds. */
            estimated_time_remaining: number | null;
        };
        JobAnswer: components["schemas"]["Job"] | {
            tasks: components["schemas"]["Job"][];
            notFound: string[];
        };
        Job: {
            _id: string;
            taskId: components["schemas"]["Id"];
            userId: string;
            brandId: string | null;
            /** @enum {string} */
            type: "GENERATE_MEDIA_PLAN" | "GENERATE_BRAND_KIT" | "AUTO_GENERATE_PERSONAS";
            payload: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed" | "cancelled" | "retrying";
            progress: number;
            currentStep?: string;
            steps: {
                name: string;
                /** @enum {string} */
                status: "pending" | "running" | "completed" | "failed";
            }[];
            currentStepIndex?: number;
            /** @enum {string} */
            priority: "low" | "normal" | "high";
            /** Format: date-time */
            queuedAt: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            completedAt?: string;
            /** Format: date-time */
            estimatedCompletion?: string;
            result?: unknown;
            lastError?: string;
            retryCount: number;
            maxRetries: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "unavailable";
            /** @enum {string} */
            role: "all" | "api" | "worker";
            /** @description The same for each part. */
            checks: {
                [key: string]: "ok" | "unavailable";
            };
        };
        Limits: {
            task_max_runtime_seconds: number;
            task_max_artifact_mb: number;
            tasks_per_minute: number;
            search_source_allowlist: string[];
            fetch_domain_allowlist: string[];
            max_batch_size: number;
            search_cache_ttl_seconds: number;
            fetch_cache_ttl_seconds: number;
            search_max_results: number;
            budget_task_tokens: number | null;
            budget_task_usd: number | null;
            budget_user_tokens_per_day: number | null;
            budget_user_usd_per_day: number | null;
            budget_tokens_per_day: number | null;
            budget_usd_per_day: number | null;
        };
    };
    responses: {
        /** @description Refused; `code` says why. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or it is somebody else's. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:errand:problem:task_not_found",
                 *       "title": "Not Found",
                 *       "status": 404,
                 *       "detail": "There is no task 01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f.",
                 *       "code": "task_not_found",
                 *       "errors": [],
                 *       "instance": "/tasks/01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is not in a state where this is possible, or an `Idempotency-Key` stands for something else. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is JSON but not what was asked for; `errors` points at each bad field. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "urn:errand:problem:task_rejected_invalid_params",
                 *       "title": "Unprocessable Content",
                 *       "status": 422,
                 *       "detail": "/max_retries must be 0 to 100.",
                 *       "code": "task_rejected_invalid_params",
                 *       "errors": [
                 *         {
                 *           "pointer": "/max_retries",
                 *           "detail": "must be 0 to 100"
                 *         }
                 *       ],
                 *       "instance": "/tasks"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller may not do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many tasks in this minute. */
        TooMany: {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Larger than is allowed. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Ask for a WebSocket. */
        UpgradeRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The schedule as it stands now. */
        Schedule: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Schedule"];
            };
        };
        /** @description The queue as it stands now. */
        Queue: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Queue"];
            };
        };
        /** @description The webhook as it stands now. */
        Webhook: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Webhook"];
            };
        };
        /** @description The user as they stand now. */
        User: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["User"];
            };
        };
    };
    parameters: {
        /**
         * @description How much a page holds at most.
         * @example 20
         */
        limit: number;
        /** @description `next_cursor` of the page before. */
        cursor: string;
        /**
         * @description Whose; only administrators name somebody else, or `*` for everybody.
         * @example admin
         */
        owner: string;
        /**
         * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
         *     with `idempotency_key_reused`.
         */
        idempotency_key: string;
        task_id: components["schemas"]["Id"];
        artifact_id: components["schemas"]["Id"];
        schedule_id: components["schemas"]["Id"];
        /** @example nightly */
        queue_name: string;
        webhook_id: components["schemas"]["Id"];
        delivery_id: components["schemas"]["Id"];
        run_id: components["schemas"]["Id"];
        user_name: string;
    };
    requestBodies: never;
    headers: {
        /** @description Where to find what was made. */
        Location: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listTasks: {
        parameters: {
            query?: {
                /** @example queued */
                status?: components["schemas"]["TaskStatus"];
                /** @example echo */
                type?: string;
                /** @example weekly */
                tag?: string;
                /**
                 * @description Words to find in the task.
                 * @example hello
                 */
                q?: string;
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                /**
                 * @description Whose; only administrators name somebody else, or `*` for everybody.
                 * @example admin
                 */
                owner?: components["parameters"]["owner"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            400: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    submitTask: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Submission"];
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task as it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Refused"];
        };
    };
    retryTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task as it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Refused"];
        };
    };
    listAttempts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        attempts: components["schemas"]["Attempt"][];
                        next_cursor: null;
                    };
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    submitBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tasks": [
                 *         {
                 *           "type": "echo",
                 *           "params": {
                 *             "msg": "one"
                 *           }
                 *         },
                 *         {
                 *           "type": "echo",
                 *           "params": {
                 *             "msg": "two"
                 *           },
                 *           "priority": "low",
                 *           "tags": [
                 *             "second"
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    tasks: components["schemas"]["Submission"][];
                };
            };
        };
        responses: {
            /** @description All of them are on disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        batch_id: components["schemas"]["Id"];
                        /** @description In the order in which the tasks were given. */
                        task_ids: components["schemas"]["Id"][];
                    };
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    getBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The batch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    getEvents: {
        parameters: {
            query?: {
                /**
                 * @description The same, as part of the address.
                 * @example 0
                 */
                after?: string;
            };
            header?: {
                /** @description Number of the last event that is already known. */
                "Last-Event-ID"?: string;
            };
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 1
                     *     event: queued
                     *     data: {"at":"2026-01-31T09:00:00Z"}
                     */
                    "text/event-stream": string;
                    "application/json": {
                        events: components["schemas"]["Event"][];
                        /** @description The `after` of the next page. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The task has ended and nothing came after that event. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    getLog: {
        parameters: {
            query?: {
                /**
                 * @description Whether to wait for further lines until the task has ended.
                 * @example false
                 */
                follow?: boolean;
            };
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/x-ndjson": components["schemas"]["LogLine"];
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    getOwnEvents: {
        parameters: {
            query?: {
                /** @description The same, as part of the address. */
                after?: string;
                /**
                 * @description A time with its offset.
                 * @example 2026-01-31T09:00:00Z
                 */
                since?: string;
            };
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                    "application/json": {
                        events: components["schemas"]["OwnEvent"][];
                        /** @description The `after` of what comes next, whether it has happened already or not. */
                        next_cursor: string;
                    };
                };
            };
            400: components["responses"]["Refused"];
            default: components["responses"]["Refused"];
        };
    };
    followOwnEvents: {
        parameters: {
            query?: {
                last_event_id?: string;
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket; each message is an event as in `GET /events`. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            426: components["responses"]["UpgradeRequired"];
            default: components["responses"]["Refused"];
        };
    };
    followTask: {
        parameters: {
            query?: {
                /** @example 0 */
                last_event_id?: string;
            };
            header?: never;
            path: {
                id: components["parameters"]["task_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket; each message is an event. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            426: components["responses"]["UpgradeRequired"];
            default: components["responses"]["Refused"];
        };
    };
    uploadArtifact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "task_id": "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f",
                 *       "type": "note",
                 *       "content_type": "text/plain",
                 *       "data_base64": "aGVsbG8="
                 *     }
                 */
                "application/json": {
                    task_id: components["schemas"]["Id"];
                    /** @description What it is for, such as `fetch_text`; also its name. */
                    type: string;
                    /** @description A media type. */
                    content_type: string;
                    data_base64: string;
                };
            };
        };
        responses: {
            /** @description Stored. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Artifact"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    getArtifact: {
        parameters: {
            query?: never;
            header?: {
                Range?: string;
                "If-None-Match"?: string;
                "If-Range"?: string;
            };
            path: {
                id: components["parameters"]["artifact_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, with the content type they were stored with. */
            200: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description The part that was asked for. */
            206: {
                headers: {
                    "Content-Range": string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Still the same. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            /** @description The artifact has no such part. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getArtifactMeta: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["artifact_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything but the bytes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Artifact"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    submitResearch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "prompt": "How does the queue decide who is next?",
                 *       "urls": [
                 *         "https://example.org/queue.html"
                 *       ],
                 *       "depth": "brief",
                 *       "max_retries": 1
                 *     }
                 */
                "application/json": {
                    prompt: string;
                    /** @description Absolute paths of folders on the server's machine; for administrators. */
                    docs?: string[] | null;
                    /** @description Pages to read. */
                    urls?: string[] | null;
                    /** @description `docs` and `urls` for what is given here, `web` for the usual search engine, or names of engines such as `brave`. Absent, all that are given; and the web where none is given and an engine is configured. */
                    sources?: string[] | null;
                    /**
                     * @description How much of what was found is shown.
                     * @enum {unknown}
                     */
                    depth?: "brief" | "detailed" | null;
                    /** @enum {unknown} */
                    report_type?: "brief" | "detailed" | "resource_list" | "qa" | null;
                    /** @description Forms in which the report is stored; absent, Markdown and JSON. */
                    formats?: ("markdown" | "json" | "html" | "pdf")[] | null;
                    /**
                     * @description Absent, the language model where one is configured.
                     * @enum {unknown}
                     */
                    writer?: "extractive" | "model" | null;
                    /** @description Queries for each open question in a round on the web. */
                    breadth?: number | null;
                    /** @description Rounds on the web, each about what is still open. */
                    rounds?: number | null;
                    max_searches?: number | null;
                    max_fetches?: number | null;
                    max_minutes?: number | null;
                    /** @description Whether to end with the plan. */
                    plan_only?: boolean | null;
                    /** @description To be run instead of one made of the prompt: what `plan_only` gave, or an edited one. */
                    plan?: {
                        questions: {
                            question: string;
                            about?: string[] | null;
                            queries?: string[] | null;
                        }[];
                        left_out?: number | null;
                    } | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    submitFetch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.org/",
                 *       "reader_mode": true,
                 *       "store_raw_html": false,
                 *       "priority": "high"
                 *     }
                 */
                "application/json": {
                    /** Format: uri */
                    url: string;
                    /** @description Whether to keep the text a reader would see, without menus and the like. */
                    reader_mode?: boolean | null;
                    /** @description Whether to keep the page as it came too. */
                    store_raw_html?: boolean | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    submitSearch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "query": "open source task runner",
                 *       "sources": [
                 *         "brave"
                 *       ],
                 *       "recency_days": 7
                 *     }
                 */
                "application/json": {
                    query: string;
                    sources?: components["schemas"]["SearchSources"];
                    recency_days?: components["schemas"]["RecencyDays"];
                    domains?: components["schemas"]["SearchDomains"];
                    max_results?: components["schemas"]["MaxResults"];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    submitSearchBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "queries": [
                 *         "task runner open source",
                 *         "queue worker redis"
                 *       ],
                 *       "sources": [
                 *         "brave"
                 *       ],
                 *       "recency_days": 7
                 *     }
                 */
                "application/json": {
                    /** @description At most `MAX_BATCH_SIZE`. */
                    queries: string[];
                    sources?: components["schemas"]["SearchSources"];
                    recency_days?: components["schemas"]["RecencyDays"];
                    domains?: components["schemas"]["SearchDomains"];
                    max_results?: components["schemas"]["MaxResults"];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                /**
                 * @description Whose; only administrators name somebody else, or `*` for everybody.
                 * @example admin
                 */
                owner?: components["parameters"]["owner"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        schedules: components["schemas"]["Schedule"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    createSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSchedule"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Schedule"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    replaceSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cron": "@daily",
                 *       "type": "echo",
                 *       "params": {
                 *         "msg": "every day"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewSchedule"];
            };
        };
        responses: {
            200: components["responses"]["Schedule"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    deleteSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    changeSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cron": "0 9 * * MON-FRI",
                 *       "time_zone": "America/New_York"
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: components["responses"]["Schedule"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    pauseSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Schedule"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    resumeSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Schedule"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    triggerSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Submitted. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleRun"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    listScheduleRuns: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                id: components["parameters"]["schedule_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: components["schemas"]["ScheduleRun"][];
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    listQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every queue with tasks that have not ended, or about which something was decided. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        queues: components["schemas"]["Queue"][];
                        next_cursor: null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    limitQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example nightly */
                name: components["parameters"]["queue_name"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "concurrency_limit": 5,
                 *       "key_limit": 2
                 *     }
                 */
                "application/json": {
                    concurrency_limit?: number | null;
                    key_limit?: number | null;
                };
            };
        };
        responses: {
            200: components["responses"]["Queue"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    pauseQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example nightly */
                name: components["parameters"]["queue_name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Queue"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    resumeQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example nightly */
                name: components["parameters"]["queue_name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Queue"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    listWorkers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All workers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        workers: components["schemas"]["Worker"][];
                        next_cursor: null;
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @example echo */
                type?: string;
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                /**
                 * @description Whose; only administrators name somebody else, or `*` for everybody.
                 * @example admin
                 */
                owner?: components["parameters"]["owner"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            400: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    retryDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids?: components["schemas"]["Id"][] | null;
                    type?: string | null;
                    /** @description The newest so many; 1000 unless given. */
                    limit?: number | null;
                    /** @description For administrators: whose, or `*` for everybody's. */
                    owner?: string | null;
                };
            };
        };
        responses: {
            /** @description What was put back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        retried: number;
                        task_ids: components["schemas"]["Id"][];
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                /**
                 * @description Whose; only administrators name somebody else, or `*` for everybody.
                 * @example admin
                 */
                owner?: components["parameters"]["owner"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhooks: components["schemas"]["Webhook"][];
                        next_cursor: string | null;
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.org/hook",
                 *       "events": [
                 *         "task.completed"
                 *       ],
                 *       "description": "for the dashboard",
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Webhook"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    replaceWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.org/other"
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            200: components["responses"]["Webhook"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Refused"];
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: components["responses"]["Webhook"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Webhook"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Refused"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: components["schemas"]["Delivery"][];
                        next_cursor: string | null;
                    };
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
                delivery: components["parameters"]["delivery_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["webhook_id"];
                delivery: components["parameters"]["delivery_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Refused"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @example search:abc123 */
                key?: string;
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: components["schemas"]["Run"][];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    startRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "abc123",
                 *       "scope": "search"
                 *     }
                 */
                "application/json": {
                    key: string;
                    /** @description Goes before the key. */
                    scope?: string | null;
                    /** Format: uuid */
                    task_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Begun. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    hasBeenProcessed: {
        parameters: {
            query: {
                /** @example abc123 */
                key: string;
                /** @example search */
                scope?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether, and when last. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        processed: boolean;
                        /** Format: date-time */
                        last_at: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    latestRunForKey: {
        parameters: {
            query: {
                /** @example search:abc123 */
                key: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    deleteRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    endRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "completed"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    status: "completed" | "failed";
                };
            };
        };
        responses: {
            /** @description The run as it ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    measureRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "pages",
                 *       "value": 12
                 *     }
                 */
                "application/json": {
                    name: string;
                    value: number;
                };
            };
        };
        responses: {
            /** @description Written down. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    noteRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["run_id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "The third page was empty."
                 *     }
                 */
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Written down. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user": "ada",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    user: string;
                    password: string;
                    session?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Logged in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"] | components["schemas"]["User"];
                };
            };
            401: components["responses"]["Refused"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    refreshTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "the-refresh-token-of-the-login"
                 *     }
                 */
                "application/json": {
                    refresh_token: string;
                };
            };
        };
        responses: {
            /** @description New tokens; the refresh token that was sent is used up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            401: components["responses"]["Refused"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refused"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Name, role and how that is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: string;
                        role: components["schemas"]["Role"];
                        via: string;
                        /** @description Of an API key, `null` for a person. */
                        scopes: components["schemas"]["Scope"][] | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current_password": "correct horse battery staple",
                 *       "new_password": "staple battery horse correct"
                 *     }
                 */
                "application/json": {
                    current_password: string;
                    new_password: components["schemas"]["NewPassword"];
                };
            };
        };
        responses: {
            /** @description Changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    getSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Web Key Set. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            [key: string]: unknown;
                        }[];
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    rotateSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "leaked": false
                 *     }
                 */
                "application/json": {
                    leaked?: boolean | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users: components["schemas"]["User"][];
                        next_cursor: string | null;
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "grace",
                 *       "password": "correct horse battery staple",
                 *       "role": "operator"
                 *     }
                 */
                "application/json": {
                    name: string;
                    password: components["schemas"]["NewPassword"];
                    role?: components["schemas"]["Role"] | null;
                };
            };
        };
        responses: {
            /** @description Added. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["user_name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["User"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    changeUserByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["user_name"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "user",
                 *       "disabled": false
                 *     }
                 */
                "application/json": {
                    role?: components["schemas"]["Role"] | null;
                    disabled?: boolean | null;
                };
            };
        };
        responses: {
            200: components["responses"]["User"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["user_name"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "user",
                 *       "disabled": false
                 *     }
                 */
                "application/json": {
                    role?: components["schemas"]["Role"] | null;
                    disabled?: boolean | null;
                };
            };
        };
        responses: {
            200: components["responses"]["User"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    setPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["user_name"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "staple battery horse correct"
                 *     }
                 */
                "application/json": {
                    password: components["schemas"]["NewPassword"];
                };
            };
        };
        responses: {
            /** @description Set. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
                /**
                 * @description Whose; only administrators name somebody else, or `*` for everybody.
                 * @example admin
                 */
                owner?: components["parameters"]["owner"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_keys: components["schemas"]["ApiKey"][];
                        next_cursor: string | null;
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly job",
                 *       "scopes": [
                 *         "tasks:read",
                 *         "tasks:write"
                 *       ],
                 *       "expires_in_days": 90
                 *     }
                 */
                "application/json": {
                    name: string;
                    scopes: components["schemas"]["Scope"][];
                    expires_in_days?: number | null;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    readAudit: {
        parameters: {
            query?: {
                /** @example admin */
                actor?: string;
                /** @example login */
                action?: string;
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["AuditEntry"][];
                        next_cursor: string | null;
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Refused"];
        };
    };
    listOneTimeResearches: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        one_time_researches: components["schemas"]["OneTimeResearch"][];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    createOneTimeResearch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "prompt": "How does the queue decide who is next?"
                 *     }
                 */
                "application/json": {
                    prompt: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimeResearch"];
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    runOneTimeResearch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is left to do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pushed"];
                };
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            /** @description Ask again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pushed"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    runBlogJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "job_id": "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f"
                 *     }
                 */
                "application/json": {
                    job_id: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Nothing is left to do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pushed"];
                };
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            /** @description Ask again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pushed"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getOneTimeResearch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimeResearch"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    listInfiniteResearches: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        infinite_researches: components["schemas"]["InfiniteResearch"][];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    createInfiniteResearch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "prompt": "What is new?",
                 *       "cron": "0 6 * * *",
                 *       "time_zone": "Europe/Berlin",
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["NewInfiniteResearch"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InfiniteResearch"];
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    getInfiniteResearch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The infinite research as it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InfiniteResearch"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    replaceInfiniteResearch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "prompt": "What is new?",
                 *       "cron": "0 6 * * *",
                 *       "time_zone": "Europe/Berlin",
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["NewInfiniteResearch"];
            };
        };
        responses: {
            /** @description The infinite research as it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InfiniteResearch"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    deleteInfiniteResearch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    changeInfiniteResearch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The infinite research as it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InfiniteResearch"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            default: components["responses"]["Refused"];
        };
    };
    listExecutions: {
        parameters: {
            query?: {
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path: {
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        executions: components["schemas"]["Execution"][];
                        next_cursor: string | null;
                    };
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    startResearch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "prompt": "Who is next?"
                 *     }
                 */
                "application/json": {
                    prompt: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: components["schemas"]["Id"];
                    };
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    getResearchStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResearchStatus"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    followResearchStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket; each message is a `ResearchStatus`. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            426: components["responses"]["UpgradeRequired"];
            default: components["responses"]["Refused"];
        };
    };
    generateBlog: {
        parameters: {
            query?: {
                /** @example true */
                async_mode?: boolean;
            };
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "topic": "Queues that never lose a task",
                 *       "keywords": [
                 *         "queues",
                 *         "postgresql"
                 *       ],
                 *       "use_google_search": false
                 *     }
                 */
                "application/json": components["schemas"]["NewBlog"];
            };
        };
        responses: {
            /** @description The post. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job_id: components["schemas"]["Id"];
                        status: string;
                        message: string;
                        /** @description Seconds. */
                        estimated_completion_time: number | null;
                    };
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            /** @description It could not be written. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    generateBlogs: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "blogs": [
                 *         {
                 *           "topic": "One"
                 *         },
                 *         {
                 *           "topic": "Two"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    blogs: components["schemas"]["NewBlog"][];
                };
            };
        };
        responses: {
            /** @description On disk. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        batch_id: components["schemas"]["Id"];
                        job_ids: components["schemas"]["Id"][];
                        status: string;
                        message: string;
                    };
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            default: components["responses"]["Refused"];
        };
    };
    listBlogJobs: {
        parameters: {
            query?: {
                /** @example queued */
                status?: "pending" | "queued" | "processing" | "completed" | "failed";
                /**
                 * @description How much a page holds at most.
                 * @example 20
                 */
                limit?: components["parameters"]["limit"];
                /** @description `next_cursor` of the page before. */
                cursor?: components["parameters"]["cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        jobs: components["schemas"]["BlogJob"][];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getBlogJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlogJob"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Refused"];
        };
    };
    cancelBlogJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlogJob"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Refused"];
        };
    };
    askForJobs: {
        parameters: {
            query: {
                /** @example status */
                action: "status";
                /**
                 * @description Of one task.
                 * @example 01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f
                 */
                taskId?: string;
                /** @description Of up to 100, with commas in between. */
                taskIds?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task, or all of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobAnswer"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Refused"];
        };
    };
    actOnJobs: {
        parameters: {
            query: {
                /** @example create */
                action: "create" | "status" | "process";
            };
            header?: {
                /**
                 * @description Makes a submission safe to repeat: the same key, owner and body give the same task back; another body is refused
                 *     with `idempotency_key_reused`.
                 */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "GENERATE_MEDIA_PLAN",
                 *       "payload": {
                 *         "objective": "Grow",
                 *         "keywords": [
                 *           "a",
                 *           "b"
                 *         ]
                 *       },
                 *       "priority": "high",
                 *       "brandId": "acme"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    type?: "GENERATE_MEDIA_PLAN" | "GENERATE_BRAND_KIT" | "AUTO_GENERATE_PERSONAS";
                    payload?: {
                        [key: string]: unknown;
                    };
                    /** @enum {unknown} */
                    priority?: "low" | "normal" | "high" | null;
                    brandId?: string | null;
                    webhookUrl?: string | null;
                    callbackUrl?: string | null;
                    taskId?: string | null;
                    taskIds?: string[] | null;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description How they stand, or nothing is left to process. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobAnswer"];
                };
            };
            /** @description On disk. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        taskId: components["schemas"]["Id"];
                    };
                };
            };
            401: components["responses"]["Refused"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            /** @description Tells QStash that no repetition would help. */
            489: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    enter: {
        parameters: {
            query?: {
                /** @description From the link that the server printed; opens a browser's session. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A few words. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The session is open. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Refused"];
            default: components["responses"]["Refused"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "role": "all",
                     *       "checks": {
                     *         "database": "ok"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Something does not. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "role": "all",
                     *       "checks": {
                     *         "database": "ok"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Something does not. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus' text format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each limit under its variable's name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Today's budgets; everybody's together for administrators only. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description In UTC.
                         */
                        day: string;
                        /** Format: date-time */
                        resets_at: string;
                        user: components["schemas"]["Budget"];
                        everybody: components["schemas"]["Budget"] | null;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page that needs nothing else. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
    getDocsStyle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A style sheet. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                };
            };
            default: components["responses"]["Refused"];
        };
    };
}
