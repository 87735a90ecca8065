#include "storage/store_impl.hpp"

namespace polar_flow::storage {

namespace {

row_reader& operator>>(row_reader& in, budget_window& window) {
  return in >> window.number >> window.limit >> window.is_limit_told >> window.reset_at
         >> window.is_reset_told >> window.previous_reset_at >> window.taken >> window.open
         >> window.late >> window.told >> window.drift;
}

void add(parameters& list, const budget_window& window) {
  list.add(window.number)
      .add(window.limit)
      .add(window.is_limit_told)
      .add(window.reset_at)
      .add(window.is_reset_told)
      .add(window.previous_reset_at)
      .add(window.taken)
      .add(window.open)
      .add(window.late)
      .add(window.told)
      .add(window.drift);
}

polar_budget read_budget(const pqxx::row& row) {
  polar_budget budget;
  row_reader in{row};
  in >> budget.quarter_hour >> budget.day;
  in >> budget.closed_until >> budget.paced_since >> budget.paced_from;
  return budget;
}

parameters parameters_of(const polar_budget& budget) {
  parameters list;
  add(list, budget.quarter_hour);
  add(list, budget.day);
  return list.add(budget.closed_until).add(budget.paced_since).add(budget.paced_from);
}

} // namespace

result<void> store::change_budget(const std::function<void(polar_budget&)>& change) {
  return impl_->db.write([&](transaction& tx) -> result<void> {
    const auto rows = tx.run(statements::lock_budget);
    if (rows.empty())
      return fail(errc::storage_failed, "the row of Polar's budget is missing");
    auto budget = read_budget(rows.front());
    change(budget);
    tx.run(statements::update_budget, parameters_of(budget));
    return {};
  });
}

} // namespace polar_flow::storage
