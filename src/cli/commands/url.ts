import { openInBrowser } from '../../platform/open-browser.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { browserUrl } from '../status/browser-url.ts';
import { findDocs } from '../status/docs-url.ts';
import { defaultService, selectServices } from '../status/select-services.ts';
import { viewService } from '../status/service-view.ts';

export interface UrlCommand {
  readonly kind: 'url';
  readonly name: string | null;
  /** `docs`: where its documentation is. */
  readonly of: 'service' | 'docs';
}

export interface OpenCommand {
  readonly kind: 'open';
  readonly name: string | null;
}

type Found =
  | { readonly kind: 'url'; readonly service: string; readonly url: string }
  | { readonly kind: 'none'; readonly code: ExitCode };

/** Prints where a running service is to be found. */
export async function showUrl(command: UrlCommand, context: CommandContext): Promise<ExitCode> {
  const found = findUrl(command.name, context);
  if (found.kind === 'none') return found.code;
  const { service } = found;
  const plan = context.checkout.plan.services.find(({ name }) => name === service);
  const url = command.of === 'service' ? found.url : await findDocs({ docs: plan?.docs ?? null }, found.url);
  if (url === undefined) {
    complain(context.screen, [noDocs(service)]);
    return EXIT.failed;
  }
  if (context.screen.answers === 'json') {
    const inBrowser = command.of === 'service' ? await browserUrl(context.checkout, service, url) : url;
    printJson<'url'>(context.screen, { service, url, ...(inBrowser !== url && { browserUrl: inBrowser }) });
  } else context.screen.out(url);
  return EXIT.done;
}

/** Opens a running service in the user's browser. */
export async function openUrl(command: OpenCommand, context: CommandContext): Promise<ExitCode> {
  const found = findUrl(command.name, context);
  if (found.kind === 'none') return found.code;
  const { screen } = context;
  const { service } = found;
  const url = await browserUrl(context.checkout, service, found.url);
  if ((await openInBrowser(url)) === 'no-browser') {
    const message = `there is no browser here that could show ${url}`;
    complain(screen, [{ code: 'runtime/no-browser', message, hint: NO_BROWSER }]);
    return EXIT.failed;
  }
  if (screen.answers === 'json') printJson<'url'>(screen, { service, url });
  else screen.note(`opened ${url}`);
  return EXIT.done;
}

const NO_BROWSER = 'Open it where there is one; from another machine, through a forwarded port (`ssh -L`).';

function noDocs(service: string) {
  return {
    code: 'runtime/no-docs',
    message: `\`${service}\` has no documentation in any of the usual places`,
    hint: 'Say in the config where it is: `docs: /path`.',
  };
}

function findUrl(name: string | null, { checkout, screen, words }: CommandContext): Found {
  const selected = selectServices(checkout.plan, name === null ? [] : [name]);
  if (!selected.ok) return { kind: 'none', code: complain(screen, selected.error) };
  const service = name === null ? defaultService(checkout.plan) : selected.value[0];
  const view = service === undefined ? undefined : viewService(checkout.root, service);
  if (view !== undefined && view.url !== null) {
    return { kind: 'url', service: view.status.service, url: view.url };
  }
  complain(screen, [whyNoUrl(service?.name, view?.pid ?? null, words.program)]);
  return { kind: 'none', code: EXIT.failed };
}

function whyNoUrl(service: string | undefined, pid: number | null, program: string) {
  if (service === undefined) return { code: 'runtime/no-url', message: 'no service has a URL' };
  if (pid !== null) return { code: 'runtime/no-url', message: `\`${service}\` has no URL` };
  return {
    code: 'runtime/not-running',
    message: `\`${service}\` does not run`,
    hint: `\`${program} start ${service}\` starts it.`,
  };
}
