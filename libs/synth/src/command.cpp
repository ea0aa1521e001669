#include "idi/synth/command.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <ostream>
#include <system_error>

#include "idi/dataset/questions.hpp"
#include "idi/synth/invent.hpp"

namespace idi::synth {
namespace {

namespace json = boost::json;

/// Text cells that conditions may name, beside the few samples of introspection.
constexpr int max_cells_per_column = 60;

Result<std::vector<Pair>> read_pairs(const SynthCommandOptions& options) {
  std::vector<Pair> pairs;
  for (const auto& file : options.pairs) {
    IDI_TRY(auto records, dataset::read_questions(file));
    for (auto& record : records) {
      if (options.without.contains(record.db_id)) continue;
      pairs.push_back(
          {std::move(record.db_id), std::move(record.question), std::move(record.query), {}});
    }
  }
  return pairs;
}

Result<Schemas> read_schemas(const SynthCommandOptions& options, const std::vector<Pair>& pairs,
                             std::stop_token stop) {
  std::set<std::string> names = options.databases;
  for (const Pair& pair : pairs) names.insert(pair.database);
  IDI_TRY(const auto catalog, dataset::DatabaseCatalog::open(options.catalog));
  Schemas schemas;
  for (const std::string& name : names) {
    if (options.without.contains(name)) continue;
    IDI_TRY(const auto linker, catalog->linker(name, options.names, stop));
    Schema schema = linker->schema();
    for (int c = 0; c < schema.column_count(); ++c) {
      const ColumnRef ref = schema.from_flat_index(c);
      auto cells = linker->values().cells(ref, max_cells_per_column);
      if (cells.empty()) continue;
      schema.tables[static_cast<std::size_t>(ref.table)]
          .columns[static_cast<std::size_t>(ref.column)]
          .sample_values = std::move(cells);
    }
    schemas.emplace(name, std::move(schema));
    catalog->release(name);
  }
  return schemas;
}

void print_report(const LearnReport& report, std::ostream& out) {
  out << report.templates << " templates from " << report.pairs << " pairs\n";
  for (const auto& [reason, count] : report.dropped) out << "  " << count << ": " << reason << '\n';
}

Status write_pairs(const SynthCommandOptions& options, const TemplateBank& bank,
                   const Schemas& schemas, std::ostream& out, const std::stop_token& stop) {
  std::filesystem::path unfinished = options.out;
  unfinished += ".unfinished";
  std::ofstream file(unfinished);
  std::int64_t written = 0;
  generate(bank, schemas, options.synth, [&](const Pair& pair) {
    json::object line{{"db_id", pair.database}, {"question", pair.question}, {"query", pair.sql}};
    if (!pair.family.empty()) line["family"] = pair.family;
    file << json::serialize(line) << '\n';
    ++written;
    return file.good() && !stop.stop_requested();
  });
  file.close();
  std::error_code failure;
  if (file && !stop.stop_requested()) std::filesystem::rename(unfinished, options.out, failure);
  if (!file || failure || stop.stop_requested()) {
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    if (stop.stop_requested())
      return make_error(ErrorCode::cancelled, "stopped; nothing was written");
    return make_error(ErrorCode::io_failed, "cannot write " + options.out.string(),
                      "check that the folder exists and that the disk has room");
  }
  out << written << " pairs written to " << options.out.string() << '\n';
  return {};
}

Status run(const SynthCommandOptions& options, std::ostream& out, std::stop_token stop) {
  auto complete = options;
  complete.synth.calendar = options.catalog.calendar;
  IDI_TRY(const auto invented, write_invented_databases(options.catalog.databases, options.invented,
                                                        options.synth.seed, stop));
  complete.databases.insert(invented.begin(), invented.end());
  IDI_TRY(const auto pairs, read_pairs(options));
  IDI_TRY(const auto schemas, read_schemas(complete, pairs, stop));
  if (auto wordnet = link::WordNet::open()) complete.synth.wordnet = *wordnet;
  const TemplateBank bank = TemplateBank::learn(pairs, schemas);
  print_report(bank.report(), out);
  return write_pairs(complete, bank, schemas, out, stop);
}

}  // namespace

int run_synth_command(const SynthCommandOptions& options, std::ostream& out, std::ostream& errors,
                      std::stop_token stop) {
  const Status status = run(options, out, std::move(stop));
  if (status) return 0;
  errors << status.error().to_text() << '\n';
  return status.error().code == ErrorCode::cancelled ? 130 : 1;
}

}  // namespace idi::synth
