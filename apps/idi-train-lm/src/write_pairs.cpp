// Writes the training pairs of the language model: questions with gold SQL, linked as at run time,
// in the symbolic format with the schema's own indices as symbols; the trainer draws others.
//
//   idi-lm-pairs OUT DATABASES TABLES.JSON VALUE_CACHE SOURCE…
//     SOURCE: NAME=FILE[,overlay|,plain][,cells][,N]     N: only about that many, evenly taken
//
// The file: a block for each schema shown. "@ DB_ID", a line for each table, then for each question
// a line "?SOURCE TEXT" and a line "= TEXT". docs/training.md has the commands.
#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/dataset/export.hpp"
#include "idi/dataset/questions.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "idi/parser/featurizer.hpp"

namespace {

using namespace idi;

struct Work {
  std::string source;
  dataset::QuestionRecord record;
  dataset::SchemaNames names = dataset::SchemaNames::overlay;
};

struct Figures {
  int written = 0, left_out = 0;
};

/// "…,N" at the end of a source; 0 if there is none.
std::size_t take_share(std::string& source) {
  const auto comma = source.rfind(',');
  if (comma == std::string::npos) return 0;
  std::size_t count = 0;
  const char* const end = source.data() + source.size();
  const auto [stopped, error] = std::from_chars(source.data() + comma + 1, end, count);
  if (error != std::errc() || stopped != end) return 0;
  source.resize(comma);
  return count;
}

/// Questions by database; those of `cells` sources give the catalog their literals.
Result<std::map<std::string, std::vector<Work>>> read_sources(std::span<char* const> arguments,
                                                              dataset::DatabaseCatalog& catalog) {
  std::map<std::string, std::vector<Work>> by_database;
  std::map<std::string, std::vector<std::string>> cell_queries;
  for (std::string argument : arguments) {
    const std::size_t share = take_share(argument);
    IDI_TRY(const auto source, dataset::parse_source(argument));
    IDI_TRY(auto records, dataset::read_questions(source.file));
    const std::size_t kept = share == 0 ? records.size() : std::min(share, records.size());
    for (std::size_t i = 0; i < kept; ++i) {
      auto& record = records[i * records.size() / kept];
      if (source.gives_cells) cell_queries[record.db_id].push_back(record.query);
      by_database[record.db_id].push_back({source.name, std::move(record), source.names});
    }
  }
  for (auto& [database, queries] : cell_queries) {
    catalog.add_query_cells(database, std::move(queries));
  }
  return by_database;
}

/// The pairs of one database, by what each shows of the schema.
Result<Figures> write_database(const std::string& database, const std::vector<Work>& works,
                               dataset::DatabaseCatalog& catalog, std::ostream& out) {
  const parser::Vocabulary no_words(std::vector<std::string>{"<unknown>"});
  std::map<std::string, std::string> questions_by_schema;
  Figures figures;
  for (const Work& work : works) {
    IDI_TRY(const auto linker, catalog.linker(database, work.names, {}));
    const auto built =
        dataset::build_example(work.record.question, work.record.query, *linker, no_words);
    if (!built || !nano_format::has_words_for(built->tokens)) {
      ++figures.left_out;
      continue;
    }
    const Schema& schema = linker->schema();
    const auto symbols = nano_format::SymbolTable::identity(schema, built->linked.values.size());
    const auto shown = nano_format::shown_schema(built->linked, schema);
    const auto tables = nano_format::table_texts(shown, schema, symbols);
    questions_by_schema[text::join(tables, "\n")] += fmt::format(
        "?{}{}\n={}\n", work.source, nano_format::question_text(built->linked, schema, symbols),
        nano_format::output_text(built->tokens, symbols));
    ++figures.written;
  }
  for (const auto& [tables, questions] : questions_by_schema) {
    out << "@ " << database << '\n' << tables << '\n' << questions;
  }
  return figures;
}

Status run(std::span<char* const> arguments) {
  if (arguments.size() < 5) {
    return make_error(ErrorCode::invalid_argument,
                      "usage: idi-lm-pairs OUT DATABASES TABLES.JSON VALUE_CACHE SOURCE…");
  }
  IDI_TRY(const auto catalog,
          dataset::DatabaseCatalog::open({arguments[1], arguments[2], arguments[3]}));
  IDI_TRY(const auto by_database, read_sources(arguments.subspan(4), *catalog));
  std::ofstream out(arguments[0]);
  Figures total;
  std::size_t done = 0;
  for (const auto& [database, works] : by_database) {
    IDI_TRY(const Figures figures, write_database(database, works, *catalog, out));
    catalog->release(database);
    total.written += figures.written;
    total.left_out += figures.left_out;
    if (++done % 20 == 0) {
      std::cerr << fmt::format("{} of {} databases\n", done, by_database.size());
    }
  }
  out.close();
  if (!out) {
    return make_error(ErrorCode::io_failed, fmt::format("{} cannot be written", arguments[0]));
  }
  std::cout << fmt::format("{} pairs of {} databases, {} left out\n", total.written,
                           by_database.size(), total.left_out);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  const auto status = run(std::span(argv + 1, static_cast<std::size_t>(std::max(argc - 1, 0))));
  if (status) return 0;
  std::cerr << status.error().message << '\n';
  return 1;
}
