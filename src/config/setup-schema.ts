import * as z from 'zod/mini';
import type { WithAmounts } from './amount.ts';
import { command, directory, environment, listSchema, name, textSchema } from './values.ts';

const INSIDE = 'a path below the project root';
/** A file that is written must lie in the project. */
export const pathInside = z
  .string({ error: INSIDE })
  .check(z.regex(/^(?![/~]|[A-Za-z]:|([^/]*\/)*\.\.(\/|$))[^\\]*[^\\/.]$/, { error: INSIDE }));

const STEP = 'a step with `run`, or with `copy` and `to` alone';

/** One step between a clone and a start. */
export const setupStep = z
  .strictObject({
    run: z.exactOptional(command.check(z.describe('The command line; it must end by itself and ask nothing.'))),
    cwd: z.exactOptional(
      directory.check(z.describe('Where it runs, relative to the project root. Default: the root.')),
    ),
    inputs: z.exactOptional(
      listSchema(textSchema, 'globs').check(z.describe('It runs again when one of these files changed.')),
    ),
    outputs: z.exactOptional(
      listSchema(textSchema, 'globs').check(z.describe('What it makes; it runs when one is missing.')),
    ),
    env: z.exactOptional(environment.check(z.describe('Environment variables; `$NAME` is expanded.'))),
    copy: z.exactOptional(pathInside.check(z.describe('A file to copy, such as `.env.example`.'))),
    to: z.exactOptional(pathInside.check(z.describe('Where it is copied to, unless a file is there.'))),
  })
  .check(
    z.refine(({ run, copy, to, ...others }) => isRun({ run, copy, to }) || isCopy({ run, copy, to }, others), {
      error: STEP,
    }),
    z.meta({
      oneOf: [
        { required: ['run'], not: { anyOf: [{ required: ['copy'] }, { required: ['to'] }] } },
        {
          required: ['copy', 'to'],
          not: { anyOf: ['run', 'cwd', 'inputs', 'outputs', 'env'].map((key) => ({ required: [key] })) },
        },
      ],
    }),
  );

interface Marks {
  readonly run: unknown;
  readonly copy: unknown;
  readonly to: unknown;
}

function isRun({ run, copy, to }: Marks): boolean {
  return run !== undefined && copy === undefined && to === undefined;
}

function isCopy({ run, copy, to }: Marks, others: object): boolean {
  return run === undefined && copy !== undefined && to !== undefined && Object.keys(others).length === 0;
}

const SETUP = '`never`, or a mapping of step names to steps';

/** In the order in which the steps are written. */
export const setup = z.union([z.literal('never', { error: SETUP }), z.record(name, setupStep, { error: SETUP })], {
  error: SETUP,
});

export type SetupConfig = WithAmounts<z.infer<typeof setup>>;
