import { expect, test } from 'vitest';
import { definesTarget, scanMakefile } from '../../src/generate/make/scan-makefile.ts';

test.each([
  ['several targets of one rule', 'a b: c\n\techo x: y\n', ['a', 'b']],
  ['double colons and grouped targets', 'a::\nb c &: d\n', ['a', 'b', 'c']],
  ['a rule over two lines', 'a \\\n  b: c\n', ['a', 'b']],
  ['assignments', 'x = a: b\ny := c\nz ::= d\nexport w ?= e\nv != f: g\n', []],
  ['a variable of one target', 'a: X = 1\nb c: export Y ?= 2\nd: private Z:=3\ne: f; x=1\n', ['e']],
  ['comments and recipes', '# a: b\n\tb: c\n', []],
  ['another recipe prefix', '.RECIPEPREFIX = >\na:\n> b: c\n', ['a']],
  ['a definition of several lines', 'define X\na:\nendef\nb:\n', ['b']],
  ['a known variable', `APP := api\n$(APP)-stop \${APP}:\n`, ['api-stop', 'api']],
  ['a variable whose value cannot be known', 'APP := api\nAPP = web\n$(APP):\n$(shell x):\nb:\n', ['b']],
  ['carriage returns', 'a:\r\n\techo\r\nb:\r\n', ['a', 'b']],
  ['both branches of a conditional', 'ifdef X\na:\nelse\nb:\nendif\n', ['a', 'b']],
])('%s', (_, text, targets) => {
  const special = (name: string) => name.startsWith('.');
  expect([...scanMakefile(text).targets].filter((name) => !special(name))).toEqual(targets);
});

test('includes are found in every spelling, with variables and wildcards', () => {
  const text = 'D = mk\ninclude a.mk $(D)/b.mk\n-include c.mk # why\nsinclude d/*.mk\ninclude $(UNKNOWN)/e.mk\n';
  expect(scanMakefile(text).includes).toEqual(['a.mk', 'mk/b.mk', 'c.mk', 'd/*.mk']);
});

test('a pattern rule defines what it matches, one for anything does not', () => {
  const targets = new Set(['%-stop', 'docker-%', '%']);
  expect(['api-stop', 'docker-x', 'api', '-stop'].map((name) => definesTarget(targets, name))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
