import { useEffect, useState } from 'preact/hooks';
import { live } from './data/live.ts';
import { useStore } from './data/store.ts';
import { ConfirmDialog } from './parts/confirm.tsx';
import { ConnectionNotices } from './parts/connection-notices.tsx';
import { Toasts } from './parts/toasts.tsx';
import { SCREENS, type ScreenName } from './screens/screens.tsx';

/** The frame of the page, and in it the screen that the address names behind `#`. */
export function App() {
  const [shown, setShown] = useState(screenInAddress());
  const project = useStore(live, (now) => now.project);
  useEffect(() => {
    const follow = (): void => setShown(screenInAddress());
    addEventListener('hashchange', follow);
    addEventListener('keydown', goByKey);
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('keydown', goByKey);
    };
  }, []);
  // On a phone the menu is wider than what is seen of it.
  useEffect(() => document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest' }), [shown]);
  const { title, Screen } = SCREENS[shown];
  useEffect(() => {
    document.title = project === null ? 'devgen' : `${title} - ${project.project}`;
  }, [title, project?.project]);
  return (
    <div class="frame">
      <header class="side">
        <div class="brand">
          <strong>{project?.project ?? 'devgen'}</strong>
          {project?.branch != null && <span class="branch">{project.branch}</span>}
        </div>
        <nav aria-label="Screens">
          {Object.entries(SCREENS).map(([name, screen], index) => (
            <a key={name} href={`#${name}`} aria-current={name === shown ? 'page' : undefined}>
              <span data-key={index + 1}>{screen.title}</span>
            </a>
          ))}
        </nav>
        <Supervision />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <main key={shown} aria-label={title} tabIndex={0}>
        <ConnectionNotices />
        <Screen />
      </main>
      <Toasts />
      <ConfirmDialog />
    </div>
  );
}

function Supervision() {
  const connection = useStore(live, (now) => now.connection);
  const supervisor = useStore(live, (now) => now.project?.supervisor ?? null);
  const isOpen = connection === 'open';
  const words = supervisor === null ? 'no supervisor' : `supervisor ${supervisor}`;
  return (
    <p class="supervision">
      <span class={`state ${isOpen ? (supervisor === null ? 'off' : 'good') : 'busy'}`}>
        <span class="dot" aria-hidden="true" />
        {isOpen ? words : connection}
      </span>
    </p>
  );
}

function screenInAddress(): ScreenName {
  const [name = ''] = location.hash.slice(1).split('/');
  return isScreenName(name) ? name : 'services';
}

function isScreenName(name: string): name is ScreenName {
  return Object.hasOwn(SCREENS, name);
}

/** A digit shows a screen, unless something is being typed. */
function goByKey(event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || (target instanceof HTMLElement && target.matches('input, textarea, select')))
    return;
  const name = Object.keys(SCREENS)[Number(key) - 1];
  if (name !== undefined) location.hash = name;
}
