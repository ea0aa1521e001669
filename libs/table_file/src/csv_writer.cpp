#include <utility>

#include "byte_stream.hpp"
#include "idi/core/assert.hpp"
#include "idi/table_file/csv.hpp"
#include "writers.hpp"

namespace idi::table_file {
namespace {

class CsvWriter final : public TableWriter {
 public:
  explicit CsvWriter(ByteSink sink) : stream_(std::move(sink)) {}

  Status begin(const std::vector<std::string>& columns) override {
    column_count_ = columns.size();
    write_line(columns,
               [](const std::string& name) { return csv_text(name, CsvReader::for_people); });
    return stream_.pass_on();
  }

  Status add(const Row& row) override {
    IDI_ASSERT(row.size() == column_count_);
    write_line(row, [](const Value& cell) { return csv_cell(cell, CsvReader::for_people); });
    return stream_.pass_on();
  }

  Status finish() override { return stream_.flush(); }

 private:
  template <typename Cells, typename AsText>
  void write_line(const Cells& cells, AsText as_text) {
    bool first = true;
    for (const auto& cell : cells) {
      if (!std::exchange(first, false)) stream_.write(",");
      stream_.write(as_text(cell));
    }
    stream_.write("\r\n");
  }

  ByteStream stream_;
  std::size_t column_count_ = 0;
};

}  // namespace

std::unique_ptr<TableWriter> make_csv_writer(ByteSink sink) {
  return std::make_unique<CsvWriter>(std::move(sink));
}

}  // namespace idi::table_file
