// Makes sure that the tests have a llama-server: one of this machine's, or Debian's in the tests'
// own prefix (IDI_RUNTIME), which needs the network once.
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "idi/llama_runtime/runtime.hpp"

namespace {

using namespace idi;
using namespace idi::llama_runtime;

/// Another test run may be at it.
Result<Runtime> install_in_turn(const std::filesystem::path& prefix) {
  for (int turns = 0;; ++turns) {
    auto installed = install_runtime(prefix, {}, {});
    if (installed || installed.error().code != ErrorCode::conflict || turns == 300) {
      return installed;
    }
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

Result<Runtime> ensure() {
  IDI_TRY(auto found, find_runtime(default_prefix()));
  if (found && found->origin != Runtime::Origin::installed) return *found;
  return install_in_turn(default_prefix());
}

}  // namespace

int main() {
  const auto runtime = ensure();
  const auto version = runtime ? ask_version(*runtime, {}) : Result<std::string>(runtime.error());
  if (!version) {
    fmt::print("The tests need a llama-server and cannot get one.\n{}\n",
               version.error().to_text());
    fmt::print("With a network they fetch it; else name one with IDI_LLAMA_SERVER.\n");
    return 1;
  }
  fmt::print("llama-server {}\n", *version);
  return 0;
}
