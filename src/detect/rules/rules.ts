import type { Rule } from '../candidate.ts';
import { composeRule } from './compose.ts';
import { denoRule } from './deno.ts';
import { dotnetRule } from './dotnet.ts';
import { elixirRule } from './elixir.ts';
import { goRule } from './go.ts';
import { javaRule } from './java.ts';
import { javascriptRule } from './javascript.ts';
import { nxRule } from './nx.ts';
import { phpRule } from './php.ts';
import { procfileRule } from './procfile.ts';
import { pythonRule } from './python/python.ts';
import { rubyRule } from './ruby.ts';
import { rustRule } from './rust.ts';
import { staticSiteRule } from './static-sites.ts';

/** Every rule; their order decides nothing but which of two equal candidates is kept. */
export const RULES: readonly Rule[] = [
  pythonRule,
  rubyRule,
  phpRule,
  elixirRule,
  goRule,
  rustRule,
  javaRule,
  dotnetRule,
  nxRule,
  javascriptRule,
  denoRule,
  procfileRule,
  staticSiteRule,
  composeRule,
];
