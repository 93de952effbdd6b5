import {
  amount,
  anyOf,
  boolean,
  dictionaryOf,
  integer,
  isoTime,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  text,
  variant,
} from '../../base/shape.ts';
import { portHolderShape, portShape } from '../../runtime/state/lifecycle.ts';
import { optionalErrorFields } from './error-document.ts';
import { generatedDocument } from './generator-documents.ts';
import { hookFailureDocument, stateShape } from './status-document.ts';

/* What the other commands of `./dev` print. */

export const portDocument = object({
  port: portShape,
  state: oneOf('free', 'held', 'forbidden'),
  holders: listOf(portHolderShape),
});

export const killPortDocument = object({
  port: portShape,
  /** `left`: it could not be ended. */
  outcome: oneOf('free', 'refused', 'ended', 'left'),
  holders: listOf(portHolderShape),
});

export const environmentDocument = object({ variables: dictionaryOf(text) });

export const runDocument = object({
  task: text,
  exitCode: integer,
  /** It and what it depends on. `not-begun`: something failed before its turn. */
  tasks: listOf(
    object({ task: text, outcome: oneOf('done', 'skipped', 'failed', 'not-begun'), exitCode: nullable(integer) }),
  ),
  /** The last lines of the one that failed first, or of the task itself. */
  output: listOf(text),
});

export const tasksDocument = object({
  tasks: listOf(
    object({
      ...{ name: text, run: nullable(text), description: text, cwd: text, env: dictionaryOf(text) },
      ...{ deps: listOf(text), needs: listOf(text), inputs: listOf(text), outputs: listOf(text) },
    }),
  ),
});

export const setupDocument = object({
  steps: listOf(
    anyOf(
      /** With `--dry-run`; `reason`: why it is stale, or would fail. */
      object({ step: text, outcome: oneOf('unchanged', 'stale'), reason: nullable(text) }),
      /** `blank`: variables of a copied env file that are to be filled in. */
      object({ step: text, outcome: oneOf('ran', 'unchanged', 'failed'), blank: listOf(text) }),
    ),
  ),
  ...optionalErrorFields,
});

const setting = object({
  key: text,
  value: nullable(anyOf(text, amount, boolean, listOf(anyOf(text, amount)))),
  source: variant('kind', {
    config: { file: text, line: nullable(integer) },
    default: {},
    variable: { name: text },
  }),
});

export const configDocument = anyOf(
  object({ settings: listOf(setting) }),
  setting,
  object({ key: text, value: text, file: text, outcome: oneOf('changed', 'unchanged') }),
);

const hook = oneOf('webhook', 'command', 'desktop');

export const hooksDocument = anyOf(
  object({ hooks: listOf(hook), failures: listOf(hookFailureDocument) }),
  object({ outcomes: listOf(object({ hook, problem: nullable(text) })) }),
);

export const doctorDocument = object({
  project: text,
  ok: boolean,
  findings: listOf(
    object({
      ...{ group: text, code: text, severity: oneOf('error', 'warning', 'info') },
      ...{ what: text, remedy: text, details: listOf(text) },
      where: object({
        service: optional(text),
        pid: optional(integer),
        file: optional(text),
        line: optional(integer),
        port: optional(integer),
      }),
    }),
  ),
});

const commandKind = oneOf('task', 'setup', 'hook');

export const psDocument = object({
  runs: listOf(
    object({
      ...{ run: text, path: nullable(text), folder: oneOf('there', 'gone'), project: nullable(text) },
      ...{ branch: nullable(text), service: nullable(text), pid: integer, pids: listOf(integer) },
      command: nullable(object({ kind: commandKind, name: text, client: nullable(integer) })),
      state: anyOf(stateShape, oneOf('running')),
      ...{ port: nullable(portShape), url: nullable(text), startedAt: isoTime, uptimeMs: amount },
      ...{ supervisor: nullable(integer), endedBy: text },
    }),
  ),
});

/** The second form of `devgen`, which has the generator at hand. */
export const checkDocument = anyOf(
  object({
    ok: boolean,
    files: listOf(
      object({
        path: text,
        state: oneOf('as-written', 'missing', 'edited', 'not-runnable', 'blocked', 'mode-lost'),
      }),
    ),
  }),
  generatedDocument,
);

export const cleanDocument = object({
  what: oneOf('old', 'all'),
  files: amount,
  bytes: amount,
  /** Services and tasks that run: the logs of these stay. */
  kept: listOf(text),
});

const chosenProcess = object({
  pid: integer,
  command: text,
  cwd: nullable(text),
  reason: variant('kind', {
    supervisor: {},
    run: { service: nullable(text) },
    task: { name: text },
    setup: { name: text },
    hook: { name: text },
    port: { port: portShape, isListening: boolean, pid: integer },
    name: {},
    with: { pid: integer },
  }),
  exemption: nullable(oneOf('caller', 'container-engine', 'other-user', 'protected-program', 'other-checkout')),
  other: nullable(object({ run: text, root: nullable(text), service: nullable(text) })),
});

export const nukeDocument = object({
  outcome: oneOf('unconfirmed', 'cancelled', 'ended', 'incomplete'),
  listed: listOf(chosenProcess),
  leftAlone: listOf(chosenProcess),
  ended: optional(listOf(chosenProcess)),
  left: optional(listOf(chosenProcess)),
  ports: optional(listOf(object({ port: portShape, state: oneOf('free', 'held', 'forbidden') }))),
  ...optionalErrorFields,
});

export const uiDocument = object({ url: text });

export const completionDocument = object({ shell: oneOf('bash', 'zsh', 'fish'), script: text });

export const versionDocument = object({ version: text });

const option = object({ name: text, short: nullable(text), value: nullable(text), summary: text });

export const helpDocument = object({
  commands: listOf(
    object({
      ...{ name: text, side: oneOf('runtime', 'generator'), summary: text },
      effect: oneOf('reads', 'changes', 'destroys'),
      argument: nullable(object({ label: text, kind: text, count: oneOf('optional', 'exactly-one', 'any-number') })),
      options: listOf(option),
    }),
  ),
  exitCodes: listOf(object({ code: integer, meaning: text })),
});
