import * as z from 'zod/mini';
import { LAUNCHER_PATTERN } from '../manifest/launcher.ts';
import type { WithAmounts } from './amount.ts';
import { emit } from './emit-schema.ts';
import { service } from './service-schema.ts';
import { pathInside, setup } from './setup-schema.ts';
import {
  age,
  command,
  count,
  directory,
  environment,
  flagSchema,
  headers,
  listSchema,
  name,
  positiveDuration,
  size,
  textSchema,
} from './values.ts';

/** A command that runs and ends. */
export const task = z
  .strictObject({
    run: z.exactOptional(command.check(z.describe('The command line.'))),
    desc: z.exactOptional(textSchema.check(z.describe('Shown in the list of tasks.'))),
    cwd: z.exactOptional(
      directory.check(z.describe('Where it runs, relative to the project root. Default: the root.')),
    ),
    deps: z.exactOptional(listSchema(name, 'task names').check(z.describe('Tasks that run first.'))),
    needs: z.exactOptional(
      listSchema(name, 'service names').check(z.describe('Services that must be ready while it runs.')),
    ),
    inputs: z.exactOptional(
      listSchema(textSchema, 'globs').check(z.describe('Skipped while none of these files changed.')),
    ),
    outputs: z.exactOptional(
      listSchema(textSchema, 'globs').check(z.describe('Files it writes; it runs when one is missing.')),
    ),
    env: z.exactOptional(environment.check(z.describe('Environment variables; `$NAME` is expanded.'))),
  })
  .check(
    z.refine((value) => value.run !== undefined || (value.deps ?? []).length > 0, {
      error: 'a task with `run` or `deps`',
    }),
    z.meta({ anyOf: [{ required: ['run'] }, { required: ['deps'], properties: { deps: { minItems: 1 } } }] }),
  );

const WEBHOOK = 'a URL that begins with `http://` or `https://`';

const webhookUrl = z.string({ error: WEBHOOK }).check(z.regex(/^(https?:\/\/|\$)/, { error: WEBHOOK }));

const webhook = z.union(
  [
    webhookUrl,
    z.strictObject({
      url: webhookUrl.check(z.describe('Where alerts are posted; `$NAME` is expanded.')),
      headers: z.exactOptional(headers.check(z.describe('Sent with each; `$NAME` is expanded.'))),
    }),
  ],
  { error: `${WEBHOOK}, or a mapping with \`url\` and \`headers\`` },
);

const hooks = z.strictObject({
  webhook: z.exactOptional(webhook.check(z.describe('Receives each alert as JSON by POST.'))),
  command: z.exactOptional(
    command.check(z.describe('Runs for each alert, with it as JSON on stdin and in `DEVGEN_ALERT_…` variables.')),
  ),
  desktop: z.exactOptional(flagSchema.check(z.describe('Show alerts as desktop notifications. Default: false.'))),
});

const logs = z.strictObject({
  maxSize: z.exactOptional(size.check(z.describe('A log that grows beyond this is rotated. Default: 20MB.'))),
  maxAge: z.exactOptional(
    age.check(z.describe('Rotated files that are older are removed at the next start. Default: 30d.')),
  ),
  keep: z.exactOptional(count(0, 100).check(z.describe('How many rotated files are kept. Default: 3.'))),
});

const WORKTREES = '`slots` or `fallback`';

const ports = z.strictObject({
  worktrees: z.exactOptional(
    z
      .enum(['slots', 'fallback'], { error: WORKTREES })
      .check(
        z.describe(
          'Whether each linked git worktree has ports of its own, 10 above those of the one before (`slots`), or ' +
            'whatever is free when it starts (`fallback`). Default: slots.',
        ),
      ),
  ),
});

const worktree = z.strictObject({
  copy: z.exactOptional(
    listSchema(pathInside, 'files').check(
      z.describe(
        'Files that git ignores, such as `.env`: a linked worktree gets those that it lacks from the main one.',
      ),
    ),
  ),
  label: z.exactOptional(
    textSchema.check(
      z.describe('What the worktree is called in host names for browsers; `$NAME` is expanded. Default: its branch.'),
    ),
  ),
});

const LAUNCHER =
  'a name of lower-case letters, digits and hyphens that begins with a letter, and that no other program or file has';

const launcher = z.string({ error: LAUNCHER }).check(z.regex(LAUNCHER_PATTERN, { error: LAUNCHER }));

const CONFIG = 'a mapping with the key `services`';
const SERVICES = 'a mapping of service names to services';
const TASKS = 'a mapping of task names to tasks';

/** Everything a config may hold; the JSON Schema for editors is derived from it. */
export const configSchema = z
  .strictObject(
    {
      $schema: z.exactOptional(textSchema.check(z.describe('The JSON Schema of this file, for editors.'))),
      name: z.exactOptional(
        textSchema.check(z.describe('Name of the project. Default: as in package.json, or its repository’s.')),
      ),
      aliases: z.exactOptional(name.check(z.describe('Prefix of the shell aliases: `bot` makes `bot-start`.'))),
      launcher: z.exactOptional(
        launcher.check(
          z.describe('What the launcher is called, where `dev` is taken by something else. Default: dev.'),
        ),
      ),
      services: z.exactOptional(z.record(name, service, { error: SERVICES }).check(z.describe('The dev servers.'))),
      tasks: z.exactOptional(z.record(name, task, { error: TASKS }).check(z.describe('Commands that run and end.'))),
      setup: z.exactOptional(setup.check(z.describe('What a fresh clone needs before a start, or `never`.'))),
      hooks: z.exactOptional(
        hooks.check(z.describe('Who is told when a service crashes, turns unhealthy, or is well again.')),
      ),
      ports: z.exactOptional(ports.check(z.describe('Which ports the worktrees of a repository have.'))),
      worktree: z.exactOptional(worktree.check(z.describe('What a linked git worktree gets.'))),
      idleStop: z.exactOptional(
        positiveDuration.check(
          z.describe('How long it may be without use before everything is stopped, such as `45m`. Default: for ever.'),
        ),
      ),
      logs: z.exactOptional(logs.check(z.describe('How much is kept of the services’ output.'))),
      emit: z.exactOptional(emit.check(z.describe('Which files are generated.'))),
    },
    { error: CONFIG },
  )
  .check(
    z.refine((value) => value.services !== undefined || value.tasks !== undefined, { error: CONFIG }),
    z.meta({ anyOf: [{ required: ['services'] }, { required: ['tasks'] }] }),
  );

/**
 * The config as the user wrote it and found to be right; durations in ms, sizes in bytes, no defaults applied. Amounts
 * with variables are not settled yet.
 */
export type WrittenConfig = z.infer<typeof configSchema>;
export type Config = WithAmounts<WrittenConfig>;

export type TaskConfig = WithAmounts<z.infer<typeof task>>;
