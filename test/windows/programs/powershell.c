/*
 * Stands in for PowerShell where there is none: answers the one question that devgen asks it, with this system's own
 * processes, as `ConvertTo-Csv` prints them. Any other question is an error.
 */
#include "processes.h"
#include <psapi.h>
#include <string.h>
#include <winternl.h>

#define EPOCH_IN_100_NS 116444736000000000ULL

static unsigned long long number_of(FILETIME time) {
  return ((unsigned long long)time.dwHighDateTime << 32) | time.dwLowDateTime;
}

static void print_cell(const WCHAR *text, const char *end) {
  char bytes[65536];
  char *at;
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
  putchar('"');
  for (at = bytes; size > 0 && *at != 0; at++) {
    if (*at == '"') putchar('"');
    putchar(*at == '\r' || *at == '\n' ? ' ' : *at);
  }
  printf("\"%s", end);
}

static void read_command_line(HANDLE process, WCHAR *text, size_t bytes) {
  PROCESS_BASIC_INFORMATION info;
  PEB peb;
  RTL_USER_PROCESS_PARAMETERS parameters;
  SIZE_T size;
  text[0] = 0;
  if (NtQueryInformationProcess(process, ProcessBasicInformation, &info, sizeof info, NULL) != 0) return;
  if (!ReadProcessMemory(process, info.PebBaseAddress, &peb, sizeof peb, &size)) return;
  if (!ReadProcessMemory(process, peb.ProcessParameters, &parameters, sizeof parameters, &size)) return;
  size = parameters.CommandLine.Length < bytes - 2 ? parameters.CommandLine.Length : bytes - 2;
  if (ReadProcessMemory(process, parameters.CommandLine.Buffer, text, size, &size)) text[size / 2] = 0;
}

static int print_row(const PROCESSENTRY32W *entry, void *context) {
  FILETIME created = {0}, ended, kernel = {0}, user = {0};
  PROCESS_MEMORY_COUNTERS memory = {0};
  WCHAR path[MAX_PATH] = L"", command[16384] = L"";
  DWORD size = MAX_PATH;
  HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, entry->th32ProcessID);
  if (process != NULL) {
    GetProcessTimes(process, &created, &ended, &kernel, &user);
    GetProcessMemoryInfo(process, &memory, sizeof memory);
    QueryFullProcessImageNameW(process, 0, path, &size);
    read_command_line(process, command, sizeof command);
    CloseHandle(process);
  }
  printf("\"%lu\",\"%lu\",\"%llu\",", entry->th32ProcessID, entry->th32ParentProcessID,
         number_of(created) == 0 ? 0 : (number_of(created) - EPOCH_IN_100_NS) / 10000);
  print_cell(entry->szExeFile, ",");
  print_cell(path, ",");
  printf("\"%llu\",\"%llu\",", (unsigned long long)memory.WorkingSetSize, (number_of(kernel) + number_of(user)) / 10000);
  print_cell(command, "\r\n");
  return 1;
}

int main(void) {
  note_call("powershell");
  if (strstr(GetCommandLineA(), "Get-CimInstance Win32_Process -Property ProcessId,") == NULL) return 1;
  printf("\"Pid\",\"Parent\",\"Started\",\"Name\",\"Path\",\"Memory\",\"Cpu\",\"Command\"\r\n");
  each_process(print_row, NULL);
  return 0;
}
