/* What this system knows of its processes, and the note of each question to it. */
#pragma once
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0a00
#include <stdio.h>
#include <windows.h>
#include <tlhelp32.h>

/* Calls `each` with every process of this system until it answers 0. */
static inline void each_process(int (*each)(const PROCESSENTRY32W *, void *), void *context) {
  HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32W entry = {.dwSize = sizeof entry};
  BOOL more = Process32FirstW(snapshot, &entry);
  while (more && each(&entry, context)) more = Process32NextW(snapshot, &entry);
  CloseHandle(snapshot);
}

static inline int find_parent(const PROCESSENTRY32W *entry, void *context) {
  if (entry->th32ProcessID == GetCurrentProcessId()) *(DWORD *)context = entry->th32ParentProcessID;
  return 1;
}

/* Adds the program's name and the pid of who asks it to the file that counts the calls, if there is one. */
static inline void note_call(const char *program) {
  char path[MAX_PATH];
  DWORD parent = 0;
  FILE *notes;
  if (GetEnvironmentVariableA("RIG_CALLS", path, sizeof path) == 0) return;
  each_process(find_parent, &parent);
  notes = fopen(path, "ab");
  if (notes == NULL) return;
  fprintf(notes, "%s %lu\n", program, parent);
  fclose(notes);
}
