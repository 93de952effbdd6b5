import * as z from 'zod/mini';
import { LAST_PORT } from '../base/port-number.ts';
import { count } from './values.ts';

const PORT = 'a port from 1 to 65535, `auto`, or a text with a variable such as `\u0024{API_PORT:-8000}`';

/** 1 to 65535, in a form that editors check too. */
const NUMBER = '[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]';

const written = z
  .string({ error: PORT })
  .check(z.regex(new RegExp(`^(auto|${NUMBER}|[\\s\\S]*\\$[\\s\\S]*)$`), { error: PORT }));

const number = z.union(
  [z.int({ error: PORT }).check(z.minimum(1, { error: PORT }), z.maximum(LAST_PORT, { error: PORT })), written],
  {
    error: PORT,
  },
);

const FALLBACK = '`false` or how many ports above the wanted one may be taken, 1 to 1000';

export const port = z.union(
  [
    number,
    z.strictObject({
      number: number.check(z.describe('The wanted port.')),
      fallback: z.exactOptional(
        z
          .union([z.literal(false), count(1, 1000)], { error: FALLBACK })
          .check(
            z.describe(
              'How many ports above the wanted one may be taken when it is held, ' +
                'not counting those of other checkouts, or `false`. Default: 10.',
            ),
          ),
      ),
    }),
  ],
  { error: PORT },
);
