#include "work_list.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace idi::dataset {
namespace {

constexpr std::size_t piece_size = 200;
constexpr std::size_t max_names = std::numeric_limits<std::uint16_t>::max();

}  // namespace

Result<WorkList> make_work_list(const ExportOptions& options) {
  if (options.sources.empty()) {
    return make_error(ErrorCode::invalid_argument, "no source of questions is named",
                      "add --source NAME=FILE");
  }
  std::map<std::string, std::map<SchemaNames, std::vector<WorkItem>>> by_database;
  WorkList list;
  for (std::size_t source = 0; source < options.sources.size(); ++source) {
    IDI_TRY(auto records, read_questions(options.sources[source].file));
    const auto limit = static_cast<std::size_t>(options.limit);
    if (options.limit > 0 && records.size() > limit) records.resize(limit);
    list.questions += static_cast<std::int64_t>(records.size());
    for (QuestionRecord& record : records) {
      auto& items = by_database[record.db_id][options.sources[source].names];
      items.push_back({static_cast<std::uint16_t>(source), std::move(record)});
    }
  }
  if (by_database.size() > max_names || options.sources.size() > max_names) {
    return make_error(ErrorCode::limit_exceeded, "more than 65 535 databases or sources",
                      "export them into several files");
  }
  for (auto& [db_id, by_names] : by_database) {
    const auto database = static_cast<std::uint16_t>(list.databases.size());
    list.databases.push_back(db_id);
    for (auto& [names, items] : by_names) {
      for (std::size_t begin = 0; begin < items.size(); begin += piece_size) {
        WorkPiece piece{database, names, false, {}};
        const std::size_t end = std::min(items.size(), begin + piece_size);
        for (std::size_t i = begin; i < end; ++i) piece.items.push_back(std::move(items[i]));
        list.pieces.push_back(std::move(piece));
      }
    }
    list.pieces.back().last_of_database = true;
  }
  return list;
}

}  // namespace idi::dataset
