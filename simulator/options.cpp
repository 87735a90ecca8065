#include "simulator/options.hpp"

#include "domain/version.hpp"

#include <CLI/CLI.hpp>

namespace polar_flow::simulator {

namespace {

void add_listening(CLI::App& app, options& made) {
  app.add_option("--host", made.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", made.port, "Port; 0 lets the system choose")->capture_default_str();
  app.add_option("--port-file", made.port_file, "File that gets the chosen port");
  auto* certificate =
      app.add_option("--certificate", made.certificate, "PEM certificate chain; serves HTTPS");
  auto* key = app.add_option("--key", made.key, "PEM private key of the certificate");
  certificate->needs(key)->check(CLI::ExistingFile);
  key->needs(certificate)->check(CLI::ExistingFile);
}

void add_people(CLI::App& app, options& made, std::string& first_day) {
  app.add_option("--client-id", made.client_id, "OAuth client id")->capture_default_str();
  app.add_option("--client-secret", made.client_secret, "OAuth client secret")
      ->capture_default_str();
  app.add_option("--redirect-uri", made.redirect_uris,
                 "Accepted redirect address, repeatable; any http(s) address without it");
  app.add_option("--athletes", made.athletes, "Number of athletes, ids from 10000001 on")
      ->capture_default_str()
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  app.add_option("--seed", made.seed, "Decides what all athletes are like")->capture_default_str();
  app.add_option("--first-day", first_day, "No data before this day (YYYY-MM-DD)");
  app.add_flag("--only-after-registration", made.only_after_registration,
               "Hide exercises uploaded before the registration, as Polar does");
  app.add_flag("--auto-approve", made.auto_approve, "The first athlete consents unasked");
  app.add_option("--state-file", made.state_file,
                 "Keeps tokens, registrations and the webhook across restarts");
}

void add_answers(CLI::App& app, options& made) {
  app.add_option("--replay", made.replay_folder,
                 "Folder of recorded answers to serve for the first athlete")
      ->check(CLI::ExistingDirectory);
  app.add_option("--replay-map", made.replay_map, "Which recorded file answers which request")
      ->check(CLI::ExistingFile)
      ->needs("--replay");
  app.add_option("--rate-limit-short", made.limits.short_limit,
                 "Requests per 15 minutes instead of 500 + 20 per user");
  app.add_option("--rate-limit-long", made.limits.long_limit,
                 "Requests per 24 hours instead of 5000 + 100 per user");
  app.add_flag("--send-events", made.sends_events,
               "Tell the webhook when data of a registered athlete become visible");
  app.add_flag_callback(
      "--no-control", [&made] { made.has_control = false; }, "Do not serve /simulator/…");
#ifdef POLAR_FLOW_TEST_CLOCK
  app.add_option("--clock-file", made.clock_file, "File that says what time it is (tests)");
#endif
}

} // namespace

parsed_options parse_options(int argument_count, const char* const* arguments) {
  CLI::App app{"Serves Polar's AccessLink API v3 for made-up athletes.",
               "polar-accesslink-simulator"};
  app.set_version_flag("--version", std::string{"polar-accesslink-simulator "} + server_version);
  options made;
  std::string first_day;
  add_listening(app, made);
  add_people(app, made, first_day);
  add_answers(app, made);
  try {
    app.parse(argument_count, arguments);
    if (!first_day.empty()) {
      const auto day = parse_date(first_day);
      if (!day)
        throw CLI::ValidationError("--first-day", "must be a date such as 2026-01-31");
      made.first_day = *day;
    }
  } catch (const CLI::ParseError& problem) {
    // Mistakes on the command line end with 2, as in the server.
    const bool is_mistake = app.exit(problem) != 0;
    return {std::nullopt, is_mistake ? 2 : 0};
  }
  return {made, 0};
}

} // namespace polar_flow::simulator
