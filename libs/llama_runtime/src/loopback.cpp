#include "loopback.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <system_error>

#include "child.hpp"

namespace idi::llama_runtime {
namespace {

/// "inode" numbers of the sockets that listen on 127.0.0.1:port (proc_pid_net_tcp(5)).
std::set<std::string> listening_inodes(std::istream& table, int port) {
  // The address is printed as the number that it is in memory.
  const std::string wanted = fmt::format("{:08X}:{:04X}", htonl(INADDR_LOOPBACK), port);
  std::set<std::string> inodes;
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::istringstream words(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >>
        timeout >> inode;
    if (local == wanted && state == "0A") inodes.insert(inode);
  }
  return inodes;
}

bool holds_one_of(const std::filesystem::path& descriptors, const std::set<std::string>& inodes) {
  std::error_code error;
  for (std::filesystem::directory_iterator file(descriptors, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code closed;  // meanwhile
    const std::string target = std::filesystem::read_symlink(file->path(), closed).string();
    if (!target.starts_with("socket:[")) continue;
    if (inodes.contains(target.substr(8, target.size() - 9))) return true;
  }
  return false;
}

}  // namespace

Result<int> free_port() {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);  // NOLINT: the interface of sockets
  if (socket.get() < 0 || ::bind(socket.get(), generic, length) < 0 ||
      ::getsockname(socket.get(), generic, &length) < 0) {
    return make_error(ErrorCode::unavailable, "no port of 127.0.0.1 is free", "",
                      std::strerror(errno));
  }
  return ntohs(address.sin_port);
}

bool listens_on(pid_t group, int port) {
  namespace fs = std::filesystem;
  std::ifstream table("/proc/self/net/tcp");
  std::error_code error;
  fs::directory_iterator processes("/proc", error);
  if (!table || error) return true;
  const auto inodes = listening_inodes(table, port);
  for (const auto& process : processes) {
    pid_t pid = 0;
    const std::string name = process.path().filename().string();
    const auto read = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (read.ptr != name.data() + name.size() || ::getpgid(pid) != group) continue;
    if (holds_one_of(process.path() / "fd", inodes)) return true;
  }
  return false;
}

}  // namespace idi::llama_runtime
