// Texts that others write: apt's sources, our own files after damage, what a server prints.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cores.hpp"
#include "diagnosis.hpp"
#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "manifest.hpp"
#include "mirrors.hpp"
#include "server_arguments.hpp"
#include "server_log.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace idi;
  using namespace idi::llama_runtime;
  const std::string text(reinterpret_cast<const char*>(bytes), size);

  const auto mirrors = mirrors_in({{text, false}, {text, true}}, "bookworm");
  IDI_ASSERT(!mirrors.empty() && mirrors.back().url == everybodys_mirror);
  for (const auto& mirror : mirrors) {
    // What is written into a line of apt's sources.
    IDI_ASSERT(mirror.url.find_first_of(" \n\t") == std::string::npos);
    IDI_ASSERT(mirror.keyring.find_first_of(" \n\t]") == std::string::npos);
  }

  for (const auto& manifest_text : {text, "idi-llama-runtime 1\n" + text}) {
    const auto manifest = parse_manifest(manifest_text);
    if (!manifest) continue;
    IDI_ASSERT(!manifest->server.starts_with('/'));
    IDI_ASSERT(to_text(*parse_manifest(to_text(*manifest))) == to_text(*manifest));
  }

  const auto features = features_of(text, text);
  IDI_ASSERT(!features.knows("--not-an-option-of-any-server") || size > 20);
  IDI_ASSERT(granted_cores(text) >= 0);

  auto log = ServerLog::open({});
  for (std::size_t at = 0; at < size; at += 7) log->append(std::string_view(text).substr(at, 7));
  const std::string tail = log->tail();
  IDI_ASSERT(text::is_valid_utf8(tail));
  IDI_ASSERT(!explain_end(Life{false, Ending{false, 1}, {}}, tail, "m.gguf").message.empty());
  return 0;
}
