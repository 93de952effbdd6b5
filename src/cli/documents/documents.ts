import type { CommandName } from '../../base/commands.ts';
import type { Shape, ShapeOf } from '../../base/shape.ts';
import * as generator from './generator-documents.ts';
import * as project from './project-documents.ts';
import * as start from './start-documents.ts';
import { statusDocument } from './status-document.ts';
import * as watching from './watching-documents.ts';

/**
 * What each command prints with `--json`, besides errors; `null`: nothing else. The rest of `cli/` imports only types
 * from here: nothing of it is in the vendored runtime.
 */
export const DOCUMENTS = {
  help: project.helpDocument,
  up: start.startDocument,
  start: start.startDocument,
  stop: start.stopDocument,
  kill: start.killDocument,
  restart: start.startDocument,
  status: statusDocument,
  health: watching.healthDocument,
  logs: watching.logsDocument,
  errors: watching.errorsDocument,
  reload: start.reloadDocument,
  history: watching.historyDocument,
  metrics: watching.metricsDocument,
  top: null,
  ui: project.uiDocument,
  settle: watching.settleDocument,
  wait: watching.waitDocument,
  env: project.environmentDocument,
  url: watching.urlDocument,
  open: watching.urlDocument,
  port: project.portDocument,
  'kill-port': project.killPortDocument,
  run: project.runDocument,
  tasks: project.tasksDocument,
  setup: project.setupDocument,
  config: project.configDocument,
  hooks: project.hooksDocument,
  completion: project.completionDocument,
  doctor: project.doctorDocument,
  mcp: null,
  ps: project.psDocument,
  check: project.checkDocument,
  clean: project.cleanDocument,
  nuke: project.nukeDocument,
  version: project.versionDocument,
  init: generator.generatedDocument,
  generate: generator.generatedDocument,
  upgrade: generator.generatedDocument,
  uninstall: generator.generatedDocument,
  eject: generator.generatedDocument,
  restore: generator.restoreDocument,
  detect: generator.detectDocument,
  export: generator.exportDocument,
} as const satisfies Readonly<Record<CommandName, Shape<unknown> | null>>;

type Documents = typeof DOCUMENTS;

/** What a command prints; `error`: what any does that has no other answer. */
export type DocumentOf<Command extends CommandName> = ShapeOf<NonNullable<Documents[Command]>>;
