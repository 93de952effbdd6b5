import { expect, test } from 'vitest';
import { blankVariables } from '../../src/runtime/setup/blank-variables.ts';

test('variables that are empty or hold a placeholder are to be filled in; the others and comments are not', () => {
  const text = `
# OLD_KEY=
SECRET_KEY=
export OPENAI_API_KEY=""   # get one from the console
STRIPE_KEY=your-stripe-key
TOKEN=<your token>
PASSWORD=changeme
HASH=xxxx
SESSION=replace_me
DATABASE_URL=postgres://localhost/app
DEBUG=true
PORT=3000
EMPTY_FIRST=
EMPTY_FIRST=set
`;
  expect(blankVariables(text)).toEqual([
    ...['SECRET_KEY', 'OPENAI_API_KEY', 'STRIPE_KEY', 'TOKEN', 'PASSWORD', 'HASH', 'SESSION'],
  ]);
});
