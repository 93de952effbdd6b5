import { useEffect, useRef, useState } from 'preact/hooks';
import { live } from '../data/live.ts';
import { useStore } from '../data/store.ts';
import { countText } from '../parts/amounts.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { serviceTone } from '../parts/service-tone.ts';
import { toast } from '../parts/toasts.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { copyLines } from './copy-lines.ts';
import { readLogAddress, writeLogAddress } from './log-address.ts';
import { LogList } from './log-list.tsx';
import { useLogLines } from './use-log-lines.ts';

const NO_NAMES: readonly string[] = [];
/** Of no log; a search from there finds the last one. */
const BEYOND_ALL = 999_999_999_999;

/** What the services wrote: one of them, some or all, merged by time. */
export function LogsScreen() {
  const names = useStore(live, (now) => now.project)?.services.map(({ service }) => service) ?? NO_NAMES;
  const [address, setAddress] = useState(readLogAddress(location.hash));
  const [isFollowing, setFollowing] = useState(true);
  const [wrap, setWrap] = useState<'wrapped' | 'cut'>('cut');
  const [traces, setTraces] = useState<'folded' | 'whole'>('folded');
  const [times, setTimes] = useState<'shown' | 'hidden'>('hidden');
  const [wanted, setWanted] = useState('');
  const [target, setTarget] = useState<{ readonly line: number } | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const firstSeen = useRef(0);
  // Of those that are gone nothing can be shown; which there are is not known at first.
  const chosen = address.services.filter((name) => names.length === 0 || names.includes(name));
  const lines = useLogLines(chosen);
  useEffect(() => {
    const follow = (): void => setAddress(readLogAddress(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const find = async (text: string, way: 'next' | 'previous'): Promise<void> => {
    const from = target?.line ?? (way === 'next' && !isFollowing ? -1 : BEYOND_ALL);
    const line = (await lines.find(text, from, way)) ?? (await lines.find(text, way === 'next' ? -1 : BEYOND_ALL, way));
    if (line === null)
      return toast('bad', text === '' ? 'No line looks like an error' : `No line has \u201c${text}\u201d`);
    setFollowing(false);
    setTarget({ line });
  };
  useEffect(() => {
    if (address.wanted === '' || names.length === 0) return;
    setWanted(address.wanted);
    // Where it is seen depends on how many there are.
    void lines.fetchLast().then(() => find(address.wanted, 'previous'));
  }, [address, lines, names.length]);
  const keys: Readonly<Record<string, () => void>> = {
    '/': () => search.current?.select(),
    n: () => void find(wanted, 'next'),
    N: () => void find(wanted, 'previous'),
    e: () => void find('', 'next'),
    E: () => void find('', 'previous'),
    f: () => setFollowing(true),
    w: () => setWrap((now) => (now === 'cut' ? 'wrapped' : 'cut')),
    s: () => setTraces((now) => (now === 'folded' ? 'whole' : 'folded')),
    c: () => void copyLines(chosen, isFollowing ? null : firstSeen.current),
    t: () => setTimes((now) => (now === 'hidden' ? 'shown' : 'hidden')),
  };
  useKeys(keys);
  const style = { names, chosen: names.length === 1 ? names : chosen, times, wanted };
  return (
    <>
      <ScreenHead title="Logs" sum={countText(lines.total, 'line')}>
        <button type="button" title="c: the last lines, or those from the first one that is seen" onClick={keys.c}>
          Copy
        </button>
        <a class="button" href={`logs/text?services=${encodeURIComponent(chosen.join())}`} download>
          Download
        </a>
      </ScreenHead>
      <div class="tools" role="toolbar" aria-label="Log">
        <div class="buttons chips">
          <Chip label="all" isOn={chosen.length === 0} tone="" onPress={() => choose([])} />
          {names.map((name) => (
            <Chip
              key={name}
              label={name}
              isOn={chosen.includes(name)}
              tone={serviceTone(names, name)}
              onPress={() => choose(toggled(chosen, name))}
            />
          ))}
        </div>
        <form
          class="buttons"
          onSubmit={(event) => {
            event.preventDefault();
            void find(wanted, 'previous');
          }}
        >
          <input
            ref={search}
            type="search"
            placeholder="Search ( / )"
            aria-label="Search in the log"
            value={wanted}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
            onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
          />
          <button type="button" disabled={wanted === ''} title="n" onClick={keys.n}>
            Next
          </button>
          <button type="submit" disabled={wanted === ''} title="N">
            Previous
          </button>
          <button type="button" title="E" onClick={keys.E}>
            Last error
          </button>
          <button type="button" aria-pressed={isFollowing} title="f" onClick={() => setFollowing(!isFollowing)}>
            Follow
          </button>
          <button type="button" aria-pressed={wrap === 'wrapped'} title="w" onClick={keys.w}>
            Wrap
          </button>
          <button type="button" aria-pressed={traces === 'whole'} title="s: stack traces whole" onClick={keys.s}>
            Stacks
          </button>
          <button type="button" aria-pressed={times === 'shown'} title="t" onClick={keys.t}>
            Times
          </button>
        </form>
      </div>
      <LogList
        lines={lines}
        style={style}
        wrap={wrap}
        traces={traces}
        isFollowing={isFollowing}
        target={target}
        firstSeen={firstSeen}
        onFollow={setFollowing}
      />
    </>
  );
}

interface ChipProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly tone: string;
  readonly onPress: () => void;
}

function Chip({ label, isOn, tone, onPress }: ChipProps) {
  return (
    <button type="button" aria-pressed={isOn} onClick={onPress}>
      <span class={tone}>{label}</span>
    </button>
  );
}

function choose(services: readonly string[]): void {
  location.hash = writeLogAddress({ services, wanted: '' });
}

function toggled(chosen: readonly string[], name: string): readonly string[] {
  return chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
}
