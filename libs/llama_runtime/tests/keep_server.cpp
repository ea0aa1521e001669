// keep_server MODEL PROGRAM…: runs a server until it is killed; prints the server's process id when
// it is ready.
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "idi/llama_runtime/llama_server.hpp"

int main(int argc, char** argv) {
  using namespace idi;
  if (argc < 3) return 2;
  llama_runtime::Runtime runtime;
  runtime.server.assign(argv + 2, argv + argc);
  llama_runtime::ServerOptions options;
  options.model = argv[1];
  options.context_tokens = 512;
  const auto server = llama_runtime::LlamaServer::start(runtime, options);
  if (!server) return 1;
  if (!(*server)->wait_ready(Deadline::after(std::chrono::seconds(60)), {})) return 1;
  std::printf("%d\n", (*server)->pid());
  std::fflush(stdout);
  ::pause();
  return 0;
}
