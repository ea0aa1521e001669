// fake_server MODE [llama-server's options]: opens the port and is healthy, at first.
//   healthy          for ever
//   slow             after half a second of 503, as while a model is loaded
//   dies-on-request  in the middle of an answer to anything but /health
//   falls-silent     after the first health check: accepts, never answers
//   dies-young       healthy once, gone 50 ms later
//   stranger         opens no port; a process that is none of its group does, and is healthy
//   port-taken       complains that the port is taken, the first two times (counted in FAKE_STATE)
// With FAKE_STATE, a file, it adds a line to it at each start.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>

namespace {

using Clock = std::chrono::steady_clock;

int count_start() {
  const char* path = std::getenv("FAKE_STATE");
  if (!path) return 1;
  std::ofstream(path, std::ios::app) << ::getpid() << "\n";
  std::ifstream file(path);
  int lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  return lines;
}

int listen_on(int port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0 ||
      ::listen(listener, 16) < 0) {
    return -1;
  }
  return listener;
}

std::string request_on(int connection) {
  std::string request;
  std::array<char, 4096> bytes{};
  while (request.find("\r\n\r\n") == std::string::npos) {
    const ssize_t got = ::read(connection, bytes.data(), bytes.size());
    if (got <= 0) break;
    request.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return request;
}

void say(int connection, std::string_view text) {
  if (::write(connection, text.data(), text.size()) < 0) std::perror("write");
}

void answer(int connection, int status) {
  say(connection, "HTTP/1.1 " + std::to_string(status) +
                      " Fake\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  int port = 0;
  for (int at = 2; at < argc; ++at) {
    const std::string_view word = argv[at];
    if (word == "--help" || word == "--list-devices") return 0;
    if (word == "--port" && at + 1 < argc) port = std::atoi(argv[at + 1]);
  }
  const int start = count_start();
  if (mode == "port-taken" && start <= 2) {
    std::puts("start: couldn't bind HTTP server socket, hostname: 127.0.0.1, port: 1");
    return 1;
  }
  if (mode == "stranger" && ::fork() != 0) {
    ::pause();
    return 0;
  }
  if (mode == "stranger") {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  }
  const int listener = listen_on(port);
  if (listener < 0) return 1;
  std::puts("listening");
  std::fflush(stdout);
  const auto started = Clock::now();
  for (bool first = true;; first = false) {
    const int connection = ::accept(listener, nullptr, nullptr);
    const std::string request = request_on(connection);
    if (mode == "falls-silent" && !first) continue;  // and the connection stays open
    if (mode == "slow" && Clock::now() - started < std::chrono::milliseconds(500)) {
      answer(connection, 503);
    } else if (mode == "dies-on-request" && !request.starts_with("GET /health ")) {
      say(connection, "HTTP/1.1 200 Fake\r\nContent-Length: 1000\r\n\r\n{\"content\":");
      std::abort();
    } else {
      answer(connection, 200);
    }
    ::close(connection);
    if (mode == "dies-young") {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return 3;
    }
  }
}
