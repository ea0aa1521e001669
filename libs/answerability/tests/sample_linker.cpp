#include "sample_linker.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/db/database.hpp"

namespace idi::answerability::testing {
namespace {

/// Gives the cells that the value index is built of; nobody asks it anything else.
class CellsOnly final : public db::Database {
 public:
  using Cells = std::map<std::pair<int, int>, std::vector<std::string>>;
  explicit CellsOnly(Cells cells) : cells_(std::move(cells)) {}
  Result<Schema> introspect(std::stop_token) override { return not_here(); }
  Result<std::unique_ptr<db::Connection>> connect() override { return not_here(); }
  Result<std::string> fingerprint() override { return std::string("cells"); }
  Result<std::vector<std::string>> distinct_text_values(ColumnRef column, const Schema&,
                                                        std::int64_t, std::int64_t,
                                                        const db::ExecutionLimits&,
                                                        std::stop_token) override {
    return cells_[{column.table, column.column}];
  }

 private:
  static Error not_here() { return make_error(ErrorCode::not_supported, "cells only"); }
  Cells cells_;
};

struct Sample {
  Schema schema;
  CellsOnly::Cells cells;
};

/// "customers: name=Ann|Bob, city=Berlin, joined:time, age:number" on each line; text is the rule.
Sample sample_of(const std::string& name, const std::string& lines) {
  Sample sample;
  sample.schema.name = name;
  for (const std::string& line : text::split(lines, '\n')) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    Table table;
    table.name = std::string(text::trim(line.substr(0, colon)));
    table.natural_name = natural_name_of(table.name);
    for (const std::string& part : text::split(line.substr(colon + 2), ',')) {
      std::string words(text::trim(part));
      Column column;
      column.type = ColumnType::text;
      if (const std::size_t kind = words.find(':'); kind != std::string::npos) {
        column.type = words.substr(kind + 1) == "time" ? ColumnType::time : ColumnType::number;
        words.resize(kind);
      }
      const auto place = std::pair(static_cast<int>(sample.schema.tables.size()),
                                   static_cast<int>(table.columns.size()));
      if (const std::size_t equals = words.find('='); equals != std::string::npos) {
        sample.cells[place] = text::split(words.substr(equals + 1), '|');
        words.resize(equals);
      }
      column.name = words;
      column.natural_name = natural_name_of(words);
      table.columns.push_back(std::move(column));
    }
    sample.schema.tables.push_back(std::move(table));
  }
  return sample;
}

const std::map<std::string, std::string>& samples() {
  static const std::map<std::string, std::string> all = {{"shop", R"(
customers: id:number, name=Anna Weber|Tom Hill, city=Berlin|Paris|London, joined_at:time
products: id:number, title=Green Tea|Coffee Mug|Desk Lamp, category=Drinks|Kitchen|Office, unit_price:number
orders: id:number, customer_id:number, ordered_at:time, total:number
order_items: order_id:number, product_id:number, quantity:number, paid:number)"},
                                                         {"sports", R"(
teams: team_id:number, team_name=Lions|Red Bulls|Harbour United, city=Leeds|Madrid, founded:number
players: player_id:number, team_id:number, player_name=Sam Field|Ida Rossi, position=Goalkeeper|Striker, height_cm:number
matches: match_id:number, home_team:number, away_team:number, match_date:time, home_goals:number, away_goals:number)"},
                                                         {"hospital", R"(
patients: patient_id:number, first_name=Maria|John, last_name=Smith|Novak, admitted_on:time, ward_id:number
doctors: doctor_id:number, name=Dr. Patel|Dr. Young, specialty=Cardiology|Surgery
wards: ward_id:number, ward_name=North|Intensive Care, beds:number
appointments: appointment_id:number, patient_id:number, doctor_id:number, starts_at:time)"},
                                                         {"library", R"(
books: isbn, title=Moby Dick|Emma|Dune, author_id:number, published_year:number, pages:number
authors: author_id:number, full_name=Jane Austen|Frank Herbert, country=England|France
members: member_id:number, name=Lena Park|Omar Said, email, member_since:time
loans: loan_id:number, isbn, member_id:number, borrowed_on:time, due_on:time, returned_on:time)"},
                                                         {"school", R"(
students: student_id:number, name=Ben|Carla, birth_date:time, class_id:number
teachers: teacher_id:number, name=Mrs. Hall|Mr. Lee, subject=Maths|History
classes: class_id:number, grade:number, room=A1|B2, teacher_id:number
marks: student_id:number, subject=Maths|History, mark:number, given_on:time)"},
                                                         {"flights", R"(
airports: code=BER|CDG|LHR, airport_name=Heathrow|Orly, city=London|Paris, country=France|England
airlines: airline_id:number, name=Air Blue|Jet East, country=France|England
flights: flight_no, airline_id:number, origin, destination, departs_at:time, arrives_at:time, distance_km:number)"},
                                                         {"staff", R"(
employees: employee_id:number, name=Nora Lind|Paul Ray, department_id:number, salary:number, hired_on:time, job_title=Engineer|Clerk
departments: department_id:number, department_name=Sales|Research, budget:number, manager_id:number)"},
                                                         {"films", R"(
movies: movie_id:number, title=Rain Man|Alien|The Weather Man, director_id:number, release_year:number, gross_usd:number
directors: director_id:number, name=Ridley Scott|Agnes Varda, nationality=British|French
ratings: movie_id:number, stars:number, rated_on:time)"}};
  return all;
}

std::shared_ptr<const link::Linker> linker_of(const std::string& name) {
  const auto found = samples().find(name);
  if (found == samples().end()) {
    ADD_FAILURE() << "no sample database is named " << name;
    return link::Linker::make({}, link::ValueIndex::empty(), link::WordNet::none());
  }
  const Sample sample = sample_of(name, found->second);
  const auto opened = link::WordNet::open();
  const auto wordnet = opened ? *opened : link::WordNet::none();
  CellsOnly database(sample.cells);
  const auto values = link::ValueIndex::open_or_build(database, sample.schema, {}, {}, {}, wordnet);
  EXPECT_TRUE(values);
  return link::Linker::make(sample.schema, values ? *values : link::ValueIndex::empty(), wordnet);
}

}  // namespace

std::shared_ptr<const link::Linker> sample_linker(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const link::Linker>> made;
  auto& linker = made[name];
  if (!linker) linker = linker_of(name);
  return linker;
}

}  // namespace idi::answerability::testing
