// verification_bugs NL2SQL_BUGS.json TABLES.json: what mend() says of statements that are labelled
// right or wrong, by kind of error. Their databases are not at hand, so only the tree is looked at.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "idi/sql/translate.hpp"
#include "idi/verification/verifier.hpp"
#include "spider.hpp"

namespace {

using namespace idi;
namespace json = boost::json;

struct Count {
  int all = 0, read = 0, found = 0;
};

std::string text_of(const json::value& value) { return json::value_to<std::string>(value); }

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 3) {
    fmt::print(stderr, "usage: verification_bugs NL2SQL_BUGS.json TABLES.json\n");
    return 2;
  }
  std::ifstream file(arguments[1]);
  std::stringstream content;
  content << file.rdbuf();
  const json::value entries = json::parse(content.str());
  std::map<std::string, std::shared_ptr<const link::Linker>> linkers;
  for (auto& [name, schema] : sql::testing::load_schemas(arguments[2])) {
    linkers[name] =
        link::Linker::make(std::move(schema), link::ValueIndex::empty(), link::WordNet::none());
  }
  std::map<std::string, Count> counts;
  for (const json::value& entry : entries.as_array()) {
    const auto& object = entry.as_object();
    std::vector<std::string> labels{object.at("label").as_bool() ? "right" : "wrong"};
    for (const auto& error : object.at("error_types").as_array()) {
      labels.push_back("  " + text_of(error.at("error_type")) + ": " +
                       text_of(error.at("sub_error_type")));
    }
    const auto linker = linkers.find(text_of(object.at("db_id")));
    if (linker == linkers.end()) continue;
    const auto query = sql::to_ir(text_of(object.at("sql")), linker->second->schema());
    bool found = false;
    if (query) {
      const auto linked = linker->second->link(text_of(object.at("question")));
      found = !verification::mend(*query, linked, *linker->second).findings.empty();
    }
    for (const auto& label : labels) {
      Count& count = counts[label];
      ++count.all;
      count.read += query ? 1 : 0;
      count.found += found ? 1 : 0;
    }
  }
  fmt::print("{:60} {:>6} {:>6} {:>6}\n", "", "all", "tree", "found");
  for (const auto& [label, count] : counts) {
    fmt::print("{:60} {:6} {:6} {:6}\n", label, count.all, count.read, count.found);
  }
  return 0;
}
