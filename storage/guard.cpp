#include "storage/guard.hpp"

#include "telemetry/log.hpp"

#include <pqxx/except>

#include <exception>

namespace polar_flow::storage {

namespace {

/// SQLSTATEs after which the same connection cannot go on: 08 is the class of lost connections,
/// 57P01 to 57P03 come from a server that stops or starts, 25006 from one that became a standby.
bool ends_connection(std::string_view sql_state) {
  return sql_state.starts_with("08") || sql_state.starts_with("57P") || sql_state == "25006";
}

/// Class 53 is a server without memory, disk or connections, 57014 a statement that took longer
/// than the time-out, 55P03 a lock that did.
bool passes_with_time(std::string_view sql_state) {
  return sql_state.starts_with("53") || sql_state == "57014" || sql_state == "55P03";
}

failure unavailable(std::string message) {
  return {.problem = {errc::storage_unavailable, std::move(message)}, .connection_lost = true};
}

failure from_sql_error(const pqxx::sql_error& problem, std::string_view statement) {
  const auto& state = problem.sqlstate();
  const std::string name{statement};
  failure outcome{.sql_state = state, .connection_lost = ends_connection(state)};
  if (outcome.connection_lost)
    outcome.problem = {errc::storage_unavailable, "the database ended the connection"};
  else if (passes_with_time(state))
    outcome.problem = {errc::storage_unavailable, "the database could not finish " + name};
  else
    outcome.problem = {errc::storage_failed, "the database refused " + name};
  return outcome;
}

failure lost_race(std::string_view sql_state) {
  return {.problem = {errc::storage_unavailable, "the database is busy with conflicting changes"},
          .sql_state = std::string{sql_state},
          .lost_a_race = true};
}

std::string first_line(std::string_view text) {
  return std::string{text.substr(0, text.find('\n'))};
}

/// Once there is a socket, libpq's text is for the operator: host, user and reason, no password
/// and no data. Before that it quotes what it could not make sense of in the connection string,
/// which may be a piece of a password that was not escaped.
failure unreachable(std::string_view text, std::string_view statement) {
  if (statement != connect_statement || text.starts_with("connection to server "))
    return unavailable("the database cannot be reached: " + first_line(text));
  if (text.starts_with("could not translate host name "))
    return unavailable("the database cannot be reached: the host in DATABASE_URL is not known");
  return {.problem = {errc::storage_failed, "DATABASE_URL is not a valid connection string"}};
}

std::optional<failure> run_and_catch(const std::function<void()>& work,
                                     const std::string_view& current_statement) {
  try {
    work();
    return std::nullopt;
  } catch (const pqxx::broken_connection& problem) {
    return unreachable(problem.what(), current_statement);
  } catch (const pqxx::in_doubt_error&) {
    auto outcome = unavailable("the connection was lost during a commit");
    outcome.in_doubt = true;
    return outcome;
  } catch (const pqxx::statement_completion_unknown&) {
    return unavailable("the connection was lost during a statement");
  } catch (const pqxx::deadlock_detected&) {
    return lost_race("40P01");
  } catch (const pqxx::transaction_rollback&) {
    return lost_race("40001");
  } catch (const pqxx::sql_error& problem) {
    return from_sql_error(problem, current_statement);
  } catch (const std::exception& problem) {
    // Neither libpqxx's own errors nor those of our readers hold a value of a column.
    return failure{.problem = {errc::storage_failed,
                               std::string{current_statement} + ": " + first_line(problem.what())}};
  }
}

} // namespace

std::optional<failure> guard(const std::function<void()>& work,
                             const std::string_view& current_statement) {
  auto outcome = run_and_catch(work, current_statement);
  if (!outcome)
    return std::nullopt;
  telemetry::log_warning("a statement failed",
                         {{"statement", std::string{current_statement}},
                          {"error", std::string{to_string(outcome->problem.code)}},
                          {"sqlstate", outcome->sql_state},
                          {"connection_lost", outcome->connection_lost}});
  return outcome;
}

} // namespace polar_flow::storage
