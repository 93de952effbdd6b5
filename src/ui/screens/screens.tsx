import { LogsScreen } from '../logs/logs-screen.tsx';
import { ServicesScreen } from '../services/services-screen.tsx';
import { DoctorScreen } from './doctor-screen.tsx';
import { ErrorsScreen } from './errors-screen.tsx';
import { MetricsScreen } from './metrics-screen.tsx';
import { TimelineScreen } from './timeline-screen.tsx';
import { WorktreesScreen } from './worktrees-screen.tsx';

/** What there is to see, in the order of the menu. */
export const SCREENS = {
  services: { title: 'Services', Screen: ServicesScreen },
  logs: { title: 'Logs', Screen: LogsScreen },
  errors: { title: 'Errors', Screen: ErrorsScreen },
  timeline: { title: 'Timeline', Screen: TimelineScreen },
  metrics: { title: 'Metrics', Screen: MetricsScreen },
  worktrees: { title: 'Worktrees', Screen: WorktreesScreen },
  doctor: { title: 'Doctor', Screen: DoctorScreen },
};

export type ScreenName = keyof typeof SCREENS;
