/**
 * What the rooms below `cli/` must know of a command: which names are taken, what is generated for it, how its code is
 * kept. The rest of each command is its row in `cli/rows/`, which does not compile without an entry here.
 */
interface CommandTraits {
  /** Words that may follow a service's name, as in `./dev backend-stop`, each with the options that it stands for. */
  readonly actions?: OptionsByWord;
  /** Make targets for the whole project, each with the options that it stands for. */
  readonly make?: OptionsByWord;
  /** `PREFIX-NAME` in `scripts/aliases.sh`. */
  readonly hasAlias?: true;
  /** It has `--port`. */
  readonly takesPort?: true;
  /** It is used so often that what V8 compiled for it is kept apart from the code of other commands. */
  readonly keepsOwnCode?: true;
}

type OptionsByWord = Readonly<Record<string, readonly string[]>>;

/**
 * Every command of `./dev` and `devgen`. The make targets stand in this order: the first one is what a Makefile without
 * targets of its own runs.
 */
const COMMANDS = {
  help: { make: { help: [] } },
  up: { actions: { force: ['--force'] }, make: { dev: [] }, takesPort: true, keepsOwnCode: true },
  start: { actions: { start: [] }, hasAlias: true, takesPort: true, keepsOwnCode: true },
  stop: { actions: { stop: [] }, make: { stop: [] }, hasAlias: true, keepsOwnCode: true },
  kill: { actions: { kill: [] }, keepsOwnCode: true },
  restart: { actions: { restart: [] }, make: { restart: [] }, hasAlias: true, takesPort: true, keepsOwnCode: true },
  status: { actions: { status: [] }, make: { status: [] }, hasAlias: true, keepsOwnCode: true },
  health: { actions: { health: [] }, make: { health: [] }, hasAlias: true, keepsOwnCode: true },
  logs: { actions: { logs: [] }, make: { logs: [], 'logs-errors': ['--errors'] }, hasAlias: true, keepsOwnCode: true },
  errors: { actions: { errors: [] }, hasAlias: true },
  reload: { make: { reload: [] } },
  history: {},
  metrics: {},
  top: {},
  ui: { takesPort: true },
  settle: {},
  wait: {},
  env: {},
  url: {},
  open: {},
  port: {},
  'kill-port': {},
  run: {},
  tasks: {},
  setup: {},
  config: {},
  hooks: {},
  completion: {},
  doctor: { make: { doctor: [] } },
  mcp: {},
  ps: {},
  check: {},
  clean: { make: { clean: [] } },
  nuke: {},
  version: {},
  init: {},
  generate: {},
  upgrade: {},
  uninstall: {},
  eject: {},
  restore: {},
  detect: {},
  export: {},
} as const satisfies Readonly<Record<string, CommandTraits>>;

export type CommandName = keyof typeof COMMANDS;

/** A command with the options that a shorter word stands for. */
export interface Shorthand {
  /** The word itself: an action of a service, or a make target. */
  readonly word: string;
  readonly command: CommandName;
  readonly options: readonly string[];
}

export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

/** What may follow a service's name and a hyphen. */
export function serviceActions(): readonly Shorthand[] {
  return shorthands(({ actions }) => actions);
}

/** The make targets for the whole project. */
export function makeShorthands(): readonly Shorthand[] {
  return shorthands(({ make }) => make);
}

/**
 * The command that the first word of an argv means, by itself or as `NAME-ACTION`; `undefined`: the project decides.
 */
export function commandMeantBy(word: string): CommandName | undefined {
  if (isCommandName(word)) return word;
  const dash = word.lastIndexOf('-');
  return dash > 0 ? serviceActions().find((action) => action.word === word.slice(dash + 1))?.command : undefined;
}

export function traitsOf(command: CommandName): CommandTraits {
  return COMMANDS[command];
}

export function commandNames(): readonly CommandName[] {
  return Object.keys(COMMANDS).filter(isCommandName);
}

function shorthands(wordsOf: (traits: CommandTraits) => OptionsByWord | undefined): readonly Shorthand[] {
  return commandNames().flatMap((command) =>
    Object.entries(wordsOf(traitsOf(command)) ?? {}).map(([word, options]) => ({ word, command, options })),
  );
}
