// idi-train: trains the network of the built-in parser. Exit codes: 0 done, 1 failed, 2 wrong
// usage, 130 interrupted (what was reached is saved).
#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "blend.hpp"
#include "cpu/gemm.hpp"
#include "idi/model_io/format_error.hpp"
#include "trainer.hpp"

namespace {

std::atomic<bool> stop_asked{false};

void ask_to_stop(int) { stop_asked = true; }

}  // namespace

int main(int count, char** arguments) {
  using namespace idi::train;
  choose_gemm_kernels(arguments);
  // Once to stop in order, twice to stop at once.
  struct sigaction action {};
  action.sa_handler = ask_to_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  try {
    const Options options = read_options({arguments + 1, arguments + count});
    if (options.command == "help") {
      std::fputs(usage().c_str(), stdout);
      return 0;
    }
    if (options.command == "blend") {
      blend(options.older, options.newer, options.share, options.weights);
      return 0;
    }
    return options.command == "score" ? score(options) : train(options, stop_asked);
  } catch (const UsageError& error) {
    std::fprintf(stderr, "idi-train: %s\n(idi-train --help lists the options)\n", error.what());
    return 2;
  } catch (const std::bad_alloc&) {
    std::fputs("idi-train: not enough memory; try a smaller --micro-batch\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "idi-train: %s\n", error.what());
  }
  return 1;
}
