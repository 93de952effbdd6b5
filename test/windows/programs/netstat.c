/*
 * Stands in for `netstat -ano`: the listening TCP sockets of this system, as the real one prints them. Wine's own table
 * of them names no owner, so each process is asked for its sockets; a socket of no process here is said to be of pid 4,
 * which is System.
 */
#include "processes.h"
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <stdlib.h>
#include <winternl.h>

#define STATUS_INFO_LENGTH_MISMATCH ((NTSTATUS)0xc0000004)
#define SYSTEM_PID 4

#define SystemExtendedHandleInformation 64

/* As Windows lays them out. */
typedef struct {
  PVOID Object;
  ULONG_PTR UniqueProcessId, HandleValue;
  ULONG GrantedAccess;
  USHORT CreatorBackTraceIndex, ObjectTypeIndex;
  ULONG HandleAttributes, Reserved;
} SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX;

typedef struct {
  ULONG_PTR NumberOfHandles, Reserved;
  SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX Handles[1];
} SYSTEM_HANDLE_INFORMATION_EX;

/* By port: the process whose unconnected socket is bound to it. */
static DWORD owners[65536];

static void note_socket(SOCKET socket, DWORD pid) {
  struct sockaddr_in6 address, peer;
  int size = sizeof address, peer_size = sizeof peer;
  if (getsockname(socket, (struct sockaddr *)&address, &size) != 0) return;
  if (getpeername(socket, (struct sockaddr *)&peer, &peer_size) == 0) return;
  owners[ntohs(address.sin6_port)] = pid; /* Where IPv4 has its port, too. */
}

/* Every handle of every process that is of the same type as a socket. */
static void note_sockets(void) {
  SYSTEM_HANDLE_INFORMATION_EX *all = NULL;
  ULONG size = 1 << 16;
  SOCKET own = socket(AF_INET, SOCK_STREAM, 0);
  ULONG type = 0;
  ULONG_PTR index;
  HANDLE copy, process;
  do all = realloc(all, size *= 2);
  while (NtQuerySystemInformation(SystemExtendedHandleInformation, all, size, NULL) == STATUS_INFO_LENGTH_MISMATCH);
  for (index = 0; index < all->NumberOfHandles; index++)
    if (all->Handles[index].UniqueProcessId == GetCurrentProcessId() && all->Handles[index].HandleValue == own)
      type = all->Handles[index].ObjectTypeIndex;
  for (index = 0; index < all->NumberOfHandles; index++) {
    if (all->Handles[index].ObjectTypeIndex != type) continue;
    process = OpenProcess(PROCESS_DUP_HANDLE, FALSE, all->Handles[index].UniqueProcessId);
    if (DuplicateHandle(process, (HANDLE)all->Handles[index].HandleValue, GetCurrentProcess(), &copy, 0, FALSE,
                        DUPLICATE_SAME_ACCESS)) {
      note_socket((SOCKET)copy, all->Handles[index].UniqueProcessId);
      CloseHandle(copy);
    }
    CloseHandle(process);
  }
}

static void print_row(int family, const void *address, DWORD net_port) {
  char host[INET6_ADDRSTRLEN], local[80];
  int port = ntohs((u_short)net_port);
  inet_ntop(family, address, host, sizeof host);
  sprintf(local, family == AF_INET ? "%s:%d" : "[%s]:%d", host, port);
  printf("  TCP    %-22s %-22s LISTENING       %lu\r\n", local, family == AF_INET ? "0.0.0.0:0" : "[::]:0",
         owners[port] == 0 ? SYSTEM_PID : owners[port]);
}

static void print_tables(void) {
  ULONG size = 1 << 20;
  MIB_TCPTABLE *four = malloc(size);
  MIB_TCP6TABLE *six = malloc(size);
  DWORD index;
  if (GetTcpTable(four, &size, FALSE) != NO_ERROR) four->dwNumEntries = 0;
  for (index = 0; index < four->dwNumEntries; index++)
    if (four->table[index].dwState == MIB_TCP_STATE_LISTEN)
      print_row(AF_INET, &four->table[index].dwLocalAddr, four->table[index].dwLocalPort);
  size = 1 << 20;
  if (GetTcp6Table(six, &size, FALSE) != NO_ERROR) six->dwNumEntries = 0;
  for (index = 0; index < six->dwNumEntries; index++)
    if (six->table[index].State == MIB_TCP_STATE_LISTEN)
      print_row(AF_INET6, &six->table[index].LocalAddr, six->table[index].dwLocalPort);
}

int main(void) {
  WSADATA data;
  note_call("netstat");
  WSAStartup(MAKEWORD(2, 2), &data);
  printf("\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n");
  note_sockets();
  print_tables();
  return 0;
}
