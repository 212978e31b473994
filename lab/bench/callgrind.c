/* Loaded into a server that runs under callgrind (LD_PRELOAD): a thread that starts the count and writes it out.

   It reads commands from the pipe $BENCH_CALLGRIND/ask.PID: 'z' begins to count from zero, 'd' writes the count into a
   file and begins again. After each it adds a byte to $BENCH_CALLGRIND/done.PID. A fork makes the thread again, so that
   it is in the workers that gunicorn forks, which callgrind_control does not reach. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <valgrind/callgrind.h>

static void *listen_to_commands(void *nothing) {
  char path[4096], command;
  const char *folder = getenv("BENCH_CALLGRIND");
  snprintf(path, sizeof path, "%s/done.%d", folder, getpid());
  int done = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  snprintf(path, sizeof path, "%s/ask.%d", folder, getpid());
  mkfifo(path, 0600);
  int asked = open(path, O_RDWR | O_CLOEXEC);
  while (done >= 0 && asked >= 0 && read(asked, &command, 1) == 1) {
    if (command == 'z') {
      CALLGRIND_START_INSTRUMENTATION;
      CALLGRIND_ZERO_STATS;
    } else if (command == 'd') {
      CALLGRIND_DUMP_STATS;
    }
    if (write(done, &command, 1) != 1) break;
  }
  return nothing;
}

static void begin(void) {
  if (!getenv("BENCH_CALLGRIND")) return;
  pthread_t thread;
  pthread_attr_t attributes;
  sigset_t all, before;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  sigfillset(&all); /* signals belong to the server's own threads */
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_create(&thread, &attributes, listen_to_commands, 0);
  pthread_sigmask(SIG_SETMASK, &before, 0);
}

__attribute__((constructor)) static void loaded(void) {
  begin();
  pthread_atfork(0, 0, begin);
}
