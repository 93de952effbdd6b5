/* Stands in for `taskkill /F [/T] /PID n`: ends the process, with /T its descendants too, and says so as the real one. */
#include "processes.h"
#include <stdlib.h>
#include <string.h>

#define MOST_CHILDREN 256

struct children {
  DWORD parent;
  DWORD pids[MOST_CHILDREN];
  int count;
};

static int note_child(const PROCESSENTRY32W *entry, void *context) {
  struct children *children = context;
  if (entry->th32ParentProcessID == children->parent && entry->th32ProcessID != children->parent)
    children->pids[children->count++] = entry->th32ProcessID;
  return children->count < MOST_CHILDREN;
}

static int end(DWORD pid, int with_tree) {
  struct children children = {.parent = pid};
  HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, pid);
  int index;
  if (process == NULL) {
    fprintf(stderr, "ERROR: The process \"%lu\" not found.\r\n", pid);
    return 128;
  }
  if (with_tree) each_process(note_child, &children);
  for (index = 0; index < children.count; index++) end(children.pids[index], with_tree);
  TerminateProcess(process, 1);
  CloseHandle(process);
  printf("SUCCESS: The process with PID %lu has been terminated.\r\n", pid);
  return 0;
}

int main(int count, char **words) {
  DWORD pid = 0;
  int index, with_tree = 0;
  note_call("taskkill");
  for (index = 1; index < count; index++) {
    if (stricmp(words[index], "/t") == 0) with_tree = 1;
    if (stricmp(words[index], "/pid") == 0 && index + 1 < count) pid = strtoul(words[index + 1], NULL, 10);
  }
  return pid == 0 ? 1 : end(pid, with_tree);
}
