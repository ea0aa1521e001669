#include "gold_results.hpp"

namespace idi::eval {

SharedResult GoldResults::get(const std::string& key,
                              const std::function<Result<ResultTable>()>& compute) {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    if (bytes_ > max_bytes_) {
      entries_.clear();
      bytes_ = 0;
    }
    auto& slot = entries_[key];
    if (!slot) slot = std::make_shared<Entry>();
    entry = slot;
  }
  std::call_once(entry->once, [&] {
    entry->result = std::make_shared<const Result<ResultTable>>(compute());
    const std::lock_guard lock(mutex_);
    bytes_ += *entry->result ? memory_bytes(**entry->result) : 0;
  });
  return entry->result;
}

std::int64_t memory_bytes(const ResultTable& table) {
  std::int64_t bytes = 0;
  for (const Row& row : table.rows) {
    bytes += static_cast<std::int64_t>(sizeof(Row) + row.size() * sizeof(Value));
    for (const Value& cell : row) {
      if (const auto* text = std::get_if<std::string>(&cell)) {
        bytes += static_cast<std::int64_t>(text->size());
      } else if (const auto* blob = std::get_if<Blob>(&cell)) {
        bytes += static_cast<std::int64_t>(blob->bytes.size());
      }
    }
  }
  return bytes;
}

}  // namespace idi::eval
