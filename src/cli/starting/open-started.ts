import type { Plan } from '../../plan/plan.ts';
import { findGitCheckout } from '../../platform/git-checkout.ts';
import { openInBrowser } from '../../platform/open-browser.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import type { StartReport } from '../../runtime/supervisor/control/protocol.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { Screen } from '../screen/screen.ts';
import { defaultService } from '../status/select-services.ts';

/** `asked`: by `--open`; `configured`: what the config says to open, where a person watches; `never`: nothing. */
export type Opening = 'asked' | 'configured' | 'never';

/**
 * Shows services that have just been started in the browser, once each; in CI and without a screen nothing. A person is
 * told where in a browser they have names of their own.
 */
export async function openStarted(
  opening: Opening,
  { services }: StartReport,
  { checkout, screen }: CommandContext,
): Promise<void> {
  const { plan, environment } = checkout;
  if (screen.isWatched && screen.answers === 'text') await tellNames(services, checkout, screen);
  if (opening === 'never' || isContinuousIntegration(environment.CI)) return;
  const names = opening === 'asked' ? shownFirst(plan, services) : screen.isWatched ? configured(plan) : [];
  for (const { service, outcome, url } of services) {
    if (url === null || !names.includes(service)) continue;
    if (opening !== 'asked' && outcome !== 'started') continue;
    const { browserUrl } = await import('../status/browser-url.ts');
    const shown = await browserUrl(checkout, service, url);
    if ((await openInBrowser(shown)) === 'no-browser') screen.note(`${service}: no browser here could show ${url}`);
  }
}

async function tellNames(services: StartReport['services'], checkout: Checkout, screen: Screen): Promise<void> {
  // Most projects are in no linked worktree: these load nothing for it.
  if (findGitCheckout(checkout.root)?.isLinked !== true) return;
  const { browserUrl } = await import('../status/browser-url.ts');
  for (const { service, url } of services) {
    const named = url === null ? null : await browserUrl(checkout, service, url);
    if (named !== url) screen.note(`${service}: in the browser ${named}`);
  }
}

function configured({ services }: Plan): readonly string[] {
  return services.filter(({ open }) => open).map(({ name }) => name);
}

/** What the config says to open, else the page of the project, else the last one that has any. */
function shownFirst(plan: Plan, services: StartReport['services']): readonly string[] {
  const asked = services.filter((each) => each.asked && each.url !== null).map(({ service }) => service);
  const chosen = configured(plan).filter((name) => asked.includes(name));
  if (chosen.length > 0) return chosen;
  const page = defaultService(plan)?.name;
  return page !== undefined && asked.includes(page) ? [page] : asked.slice(-1);
}

function isContinuousIntegration(ci: string | undefined): boolean {
  return ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false';
}
