// The invented shop in memory: what the stages of the generator hand to each other. Money is in
// cents, days are numbers (calendar.hpp), identifiers are row numbers from 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace idi::demo {

struct Category {
  std::string_view name;
  std::string_view description;
};

struct Supplier {
  std::string name;
  std::string_view country;
  std::string_view city;
  std::string email;
};

struct Product {
  std::string name;
  int category = 0;  ///< Index.
  int supplier = 0;  ///< Index.
  int price = 0;
  int cost = 0;
  int weight_grams = 0;
  int introduced = 0;
  bool discontinued = false;
  int popularity = 0;  ///< 0: never sold.
};

struct Store {
  std::string_view name;
  std::string_view city;     ///< Empty: the online shop.
  std::string_view country;  ///< Empty: the online shop.
  int opened = 0;
  int area_m2 = 0;
  int share = 0;  ///< Of all orders, relative.
  int closed_from = 0;
  int closed_until = -1;  ///< Inclusive; before closed_from: never closed.
};

struct Employee {
  std::string first_name;
  std::string last_name;
  std::string_view job_title;
  int store = 0;             ///< Index.
  std::optional<int> chief;  ///< Index.
  int hired = 0;
  int salary = 0;  ///< Whole euros a year.
  std::string email;
};

struct Customer {
  std::string first_name;
  std::string last_name;
  std::string_view gender;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::string city;
  std::string country;            ///< As entered: a few are dirty.
  std::string_view home_country;  ///< What was meant.
  std::optional<int> born;
  int joined = 0;
  bool newsletter = false;
  int activity = 0;  ///< 0: never orders.
};

struct Shop {
  std::vector<Category> categories;
  std::vector<Supplier> suppliers;
  std::vector<Product> products;
  std::vector<Store> stores;
  std::vector<Employee> employees;
  std::vector<Customer> customers;
};

}  // namespace idi::demo
