// Whatever a model writes: what is read out of it is a part of it, trimmed, and reading it again
// gives the same.
#include <cstddef>
#include <cstdint>
#include <string>

#include "idi/core/assert.hpp"
#include "idi/core/text.hpp"
#include "idi/prompt/chat_prompt.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string completion(reinterpret_cast<const char*>(data), size);
  const auto sql = idi::prompt::read_sql(completion);
  if (!sql) return 0;
  IDI_ASSERT(!sql->empty());
  IDI_ASSERT(completion.find(*sql) != std::string::npos);
  IDI_ASSERT(idi::text::trim(*sql) == *sql);
  const auto again = idi::prompt::read_sql(*sql);
  IDI_ASSERT(again && *again == *sql);
  return 0;
}
