/** What a Makefile of the user's says that matters to ours. */
export interface MakefileScan {
  /** Targets by their names; `%` stands for any text, as in a pattern rule. */
  readonly targets: ReadonlySet<string>;
  /** What `include` names, variables expanded, wildcards not. */
  readonly includes: readonly string[];
}

interface Scan {
  readonly targets: Set<string>;
  readonly includes: string[];
  readonly variables: Map<string, string>;
}

/**
 * Reads rules and includes without running anything: what `$(shell)`, `$(eval)` or a loop makes is not seen.
 * Every branch of a conditional counts. Source: GNU make manual, "Reading Makefiles".
 */
export function scanMakefile(text: string): MakefileScan {
  const scan: Scan = { targets: new Set(), includes: [], variables: new Map() };
  let recipePrefix = '\t';
  let isInDefine = false;
  for (const line of logicalLines(text)) {
    if (line.startsWith(recipePrefix)) continue;
    const words = line.trim();
    if (isInDefine) isInDefine = !/^endef\b/.test(words);
    else if (/^(override\s+)?define\b/.test(words)) isInDefine = true;
    else {
      const prefix = /^\.RECIPEPREFIX\s*:?:?=\s*(\S)/.exec(words)?.[1];
      if (prefix !== undefined) recipePrefix = prefix;
      readLine(words, scan);
    }
  }
  return { targets: scan.targets, includes: scan.includes };
}

/** Whether one of these targets, or its pattern, makes this name; a bare `%` catches only what no other rule makes. */
export function definesTarget(targets: ReadonlySet<string>, name: string): boolean {
  if (targets.has(name)) return true;
  for (const target of targets) {
    const [before, after] = target.split('%', 2);
    if (before === undefined || after === undefined || before + after === '') continue;
    if (name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after)) return true;
  }
  return false;
}

function logicalLines(text: string): string[] {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/\\\n[ \t]*/g, ' ')
    .split('\n');
}

function readLine(line: string, scan: Scan): void {
  if (line === '' || line.startsWith('#')) return;
  const include = /^(?:-|s)?include\s+(.*)$/.exec(line);
  if (include !== null) {
    scan.includes.push(...wordsOf(include[1] ?? '', scan.variables));
    return;
  }
  const assignment = /^(?:(?:export|override|private)\s+)*([^\s:#=]+)\s*(?:\?|\+|!|:{1,3})?=\s*(.*)$/.exec(line);
  if (assignment !== null) {
    remember(assignment[1] ?? '', assignment[2] ?? '', scan.variables);
    return;
  }
  const colon = colonOf(line);
  if (colon === -1 || isVariable(line.slice(colon))) return;
  for (const target of wordsOf(line.slice(0, colon).replace(/&$/, ''), scan.variables)) scan.targets.add(target);
}

/** What stands behind targets may be a variable of theirs, which makes no rule: `status: LEVEL = 1`. */
function isVariable(text: string): boolean {
  return /^::?\s*(?:(?:export|override|private)\s+)*[^\s:#=;]+\s*(?:\?|\+|!|:{1,3})?=/.test(text);
}

/** A variable assigned twice has no one value that we could know. */
function remember(name: string, value: string, variables: Map<string, string>): void {
  const literal = expand(value.replace(/\s+#.*$/, '').trim(), variables);
  variables.set(name, variables.has(name) || literal === undefined ? '$' : literal);
}

/** Where the targets of a rule end: the first colon outside of `$(…)`. */
function colonOf(line: string): number {
  let depth = 0;
  for (const [index, character] of [...line].entries()) {
    if (character === '(' || character === '{') depth++;
    else if (character === ')' || character === '}') depth--;
    else if (character === '#' || character === '=') return -1;
    else if (character === ':' && depth === 0) return index;
  }
  return -1;
}

/** A word with anything unknown in it is left out. */
function wordsOf(text: string, variables: ReadonlyMap<string, string>): string[] {
  let rest = text.replace(/\s#.*$/, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\$[({][^(){}]*[)}]/g, (reference) => expand(reference, variables) ?? '$');
  }
  return rest.split(/\s+/).filter((word) => word !== '' && !word.includes('$'));
}

/** `undefined` when something in it is not known. */
function expand(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  const expanded = text.replace(/\$[({]([\w.-]+)[)}]/g, (reference, name: string) => {
    return name === 'CURDIR' ? '.' : (variables.get(name) ?? reference);
  });
  return expanded.includes('$') ? undefined : expanded;
}
