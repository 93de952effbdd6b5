/** The systems that a project can be exported to. */
export const EXPORT_FORMATS = ['systemd', 'launchd', 'compose', 'kubernetes', 'procfile', 'process-compose'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
