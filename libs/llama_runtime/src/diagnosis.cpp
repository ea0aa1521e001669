#include "diagnosis.hpp"

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <string>

namespace idi::llama_runtime {
namespace {

struct Sign {
  std::string_view words;  ///< Of llama.cpp, in what it printed.
  std::string_view meaning;
  std::string_view hint;
};

constexpr std::string_view other_file =
    "Fetch it again (idi model verify says whether it is whole), or choose another model.";
constexpr std::string_view smaller =
    "Choose a smaller model or quantization, a smaller context or fewer slots.";

// The first that is found says what it is: from the special to the general.
constexpr std::array signs{
    Sign{"unknown model architecture", "this llama-server does not know the model's architecture",
         "A newer llama.cpp may know it (idi runtime install --again); else choose another model."},
    Sign{"invalid magic", "it is not a GGUF file", other_file},
    Sign{"failed to read magic", "it is not a GGUF file", other_file},
    Sign{"failed to read key-value pairs", "the file is cut short or damaged", other_file},
    Sign{"failed to read tensor", "the file is cut short or damaged", other_file},
    Sign{"is not within the file bounds", "the file is cut short or damaged", other_file},
    Sign{"data is not within", "the file is cut short or damaged", other_file},
    Sign{"failed to open GGUF file", "the file cannot be opened", other_file},
    Sign{"failed to allocate", "there is not enough memory for it", smaller},
    Sign{"unable to allocate", "there is not enough memory for it", smaller},
    Sign{"cudaMalloc failed", "there is not enough memory for it on the graphics card", smaller},
    Sign{"ErrorOutOfDeviceMemory", "there is not enough memory for it on the graphics card",
         smaller},
    Sign{"out of memory", "there is not enough memory for it", smaller},
    Sign{"bad_alloc", "there is not enough memory for it", smaller},
    Sign{"mmap failed", "there is not enough memory for it", smaller},
    Sign{"failed to load lora adapter", "an adapter does not fit the model",
         "Choose adapters that were made for this very model."},
    Sign{"failed to apply lora adapter", "an adapter does not fit the model",
         "Choose adapters that were made for this very model."},
    Sign{"error while loading shared libraries", "a library of llama-server is missing",
         "idi runtime install --again puts it in order."},
    Sign{"invalid argument", "this llama-server does not know an option",
         "It may be too old: see idi runtime status."},
    Sign{"failed to load model", "it cannot load the model", other_file},
};

bool killed_by_system(const Life& life) {
  return life.ending && life.ending->by_signal && life.ending->code == SIGKILL;
}

std::string how(const Life& life) {
  if (!life.ending && life.ready_for) return "it does not answer any more";
  if (!life.ending) return "it did not become ready in the time given";
  if (!life.ending->by_signal) return fmt::format("it ended with code {}", life.ending->code);
  if (killed_by_system(life)) return "the system killed it, most likely for want of memory";
  return fmt::format("it crashed (signal {})", life.ending->code);
}

}  // namespace

Error explain_end(const Life& life, std::string_view last_lines,
                  const std::filesystem::path& model) {
  std::string reason = how(life);
  std::string_view hint;
  if (!life.ending) hint = "Choose a smaller model, or wait until the machine has less to do.";
  if (killed_by_system(life)) hint = smaller;
  for (const auto& sign : signs) {
    if (!life.ending || last_lines.find(sign.words) == std::string_view::npos) continue;
    reason = sign.meaning;
    hint = sign.hint;
    break;
  }
  return make_error(
      ErrorCode::unavailable,
      fmt::format("llama-server does not run {}: {}", model.filename().string(), reason),
      std::string(hint), std::string(last_lines));
}

bool port_was_taken(std::string_view last_lines) {
  return last_lines.find("couldn't bind") != std::string_view::npos ||
         last_lines.find("Address already in use") != std::string_view::npos;
}

}  // namespace idi::llama_runtime
