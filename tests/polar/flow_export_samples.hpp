#pragma once

#include <array>
#include <string_view>

/// Made-up files of an account export, one of each family that is read, written from the shapes in
/// `contracts/polar-flow-export.md`.
namespace polar_flow::testing {

struct export_sample {
  std::string_view file_name;
  std::string_view content;
};

inline constexpr export_sample old_session_file{
    "training-session-2020-05-01-4711471147-28039c6b-e86f-4e0e-afa8-b30d04364871.json", R"({
  "exportVersion":"1.6","name":"Running","deviceId":"FA4E0001",
  "startTime":"2020-05-01T10:00:00.000","stopTime":"2020-05-01T11:07:30.564",
  "timeZoneOffset":120,"distance":12345.6,
  "duration":"PT4050.564S","maximumHeartRate":176,"averageHeartRate":151,"kiloCalories":780,
  "feeling":0.75,"note":"x","latitude":60.0,"longitude":25.0,
  "physicalInformationSnapshot":{"sex":"MALE","height, cm":180.0,"weight, kg":75.0},
  "exercises":[{"startTime":"2020-05-01T10:00:00.000","stopTime":"2020-05-01T11:07:30.564",
    "timezoneOffset":120,"duration":"PT4050.564S","distance":12345.6,"sport":"RUNNING",
    "heartRate":{"min":90,"avg":151,"max":176},
    "zones":{"heart_rate":[{"zoneIndex":1,"lowerLimit":95,"higherLimit":114,"inZone":"PT61S"},
                           {"zoneIndex":2,"lowerLimit":114,"higherLimit":133}],
             "speed":[{"zoneIndex":1,"lowerLimit":7.0,"higherLimit":8.9,"inZone":"PT10S"}]},
    "autoLaps":[],"laps":[],
    "samples":{
      "heartRate":[{"dateTime":"2020-05-01T10:00:00.000","value":88},
                   {"dateTime":"2020-05-01T10:00:01.000"},
                   {"dateTime":"2020-05-01T10:00:02.000","value":"NaN"},
                   {"dateTime":"2020-05-01T10:00:04.000","value":91}],
      "speed":[{"dateTime":"2020-05-01T10:00:00.000","value":9.5},
               {"dateTime":"2020-05-01T10:00:05.000","value":9.75}],
      "cadence":[],
      "leftPedalCrankBasedPower":[{"dateTime":"2020-05-01T10:00:00.000","currentPower":210}],
      "recordedRoute":[{"dateTime":"2020-05-01T10:00:01.500","longitude":25.5,"latitude":60.25,
                        "altitude":12.0}],
      "rr":[{"duration":"PT0.812S","offline":false},{"duration":"PT0.9S","offline":true}]},
    "loadInformation":{}}],
  "loadInformation":{"cardioLoad":79.35,"muscleLoad":-1.0,
    "cardioLoadInterpretation":"LOAD_INTERPRETATION_MEDIUM","perceivedLoad":-1.0},
  "periodData":{}})"};

inline constexpr export_sample new_session_file{
    "training-session_2026-06-18T18-50-02_0e16eab9-6090-32b2-f705-0b063ea9f20b-"
    "28039c6b-e86f-4e0e-afa8-b30d04364871.json",
    R"({
  "identifier":{"id":"0e16eab9-6090-32b2-f705-0b063ea9f20b"},"created":"2026-06-19T06:37:03.000",
  "startTime":"2026-06-18T18:50:02","stopTime":"2026-06-18T19:24:33","name":"Indoor",
  "durationMillis":2071005,"distanceMeters":0,"calories":447,"hrAvg":160,"hrMax":187,
  "fatPercentage":11,"carboPercentage":80,"proteinPercentage":9,"recoveryTimeMillis":"41340000",
  "timezoneOffsetMinutes":-420,"sport":{"id":"39"},"product":{"modelName":"Polar BEAT"},
  "deviceId":"FA4E0002",
  "trainingLoadReport":{"cardioLoad":79.3511,"muscleLoad":-1,
    "cardioLoadInterpretation":"LOAD_INTERPRETATION_HIGH",
    "muscleLoadInterpretation":"LOAD_INTERPRETATION_NOT_AVAILABLE",
    "calculationTime":"2026-06-18T18:50:02Z"},
  "exercises":[{"identifier":{"id":"7545551114"},"startTime":"2026-06-18T18:50:02",
    "durationMillis":2071005,"timezoneOffsetMinutes":-420,"sport":{"id":"39"},"runningIndex":52,
    "laps":{},
    "zones":[{"type":"ZONE_TYPE_FIT_FAT","zones":[{"higherLimit":140,"inZone":146999}]},
             {"type":"ZONE_TYPE_HEART_RATE","zones":[{"higherLimit":115,"inZone":20999},
                                                     {"lowerLimit":115,"higherLimit":134}]}],
    "samples":{"samples":[
      {"type":"HEART_RATE","intervalMillis":1000,"values":[83,null,"NaN",84]},
      {"type":"SPEED","intervalMillis":"2000","values":[9.5,"9.75"]},
      {"type":"ALTITUDE","intervalMillis":1000,"values":[null,null]},
      {"type":"TEMPERATURE","intervalMillis":1500,"values":[21.0]},
      {"type":"LEFT_RIGHT_BALANCE","intervalMillis":1000,"values":[50]}]},
    "routes":{"route":{"startTime":"2026-06-18T18:50:03.000","wayPoints":[
      {"longitude":-150.5,"latitude":0.25,"elapsedMillis":1001},
      {"longitude":-150.5,"latitude":"NaN","elapsedMillis":2001}]}}}]})"};

inline constexpr export_sample activity_file{
    "activity-2020-05-01-28039c6b-e86f-4e0e-afa8-b30d04364871.json", R"({
  "exportVersion":"1.6","date":"2020-05-01",
  "summary":{"startTime":"00:00:00.000","endTime":"23:59:59.000","stepCount":8123,
    "stepsDistance":5900.4,"calories":2410,"sleepQuality":0.0,"sleepDuration":"PT0S",
    "inactivityAlertCount":1,"dailyMetMinutes":1450.0,
    "activityLevels":[{"level":"CONTINUOS_MODERATE","duration":"PT3240S"}]},
  "samples":{"mets":[{"localTime":"00:00:00.000","value":0.875}],
    "steps":[{"localTime":"08:01:00.000","value":34},{"localTime":"08:02:00.000","value":20},
             {"localTime":"09:30:00.000","value":12}],"metSources":["x"]},
  "physicalInformation":{"sex":"MALE","height, cm":180.0,"sleepGoal":"PT8H"}})"};

inline constexpr export_sample heart_rate_file{
    "247ohr_2024_08-28039c6b-e86f-4e0e-afa8-b30d04364871.json", R"({"deviceDays":[
  {"userId":123,"deviceId":"A","date":"2024-08-03","samples":[
    {"heartRate":61,"secondsFromDayStart":128,"source":"x"},
    {"heartRate":0,"secondsFromDayStart":428},{"heartRate":63,"secondsFromDayStart":728}]},
  {"userId":123,"deviceId":"B","date":"2024-08-03","samples":[
    {"heartRate":99,"secondsFromDayStart":128},{"heartRate":62,"secondsFromDayStart":400}]},
  {"userId":123,"deviceId":"A","date":"2024-08-04","samples":[
    {"heartRate":0,"secondsFromDayStart":128}]}]})"};

inline constexpr export_sample sleep_result_file{
    "sleep_result_123-28039c6b-e86f-4e0e-afa8-b30d04364871.json", R"([{"night":"2024-08-03",
  "evaluation":{"sleepType":"SLEEP_PLUS_STAGES","sleepSpan":"PT7H30M","asleepDuration":"PT7H2M",
    "analysis":{"efficiencyPercent":94.2,"continuityIndex":3.7,"continuityClass":3,"feedback":5},
    "interruptions":{"totalDuration":"PT28M","totalCount":20,"shortDuration":"PT13M",
      "longDuration":"PT15M","longCount":2},
    "phaseDurations":{"wake":"PT28M","rem":"PT1H30M","light":"PT4H10M","deep":"PT1H22M",
      "unknown":"PT0S","remPercentage":21.3}},
  "sleepResult":{"hypnogram":{"sleepStart":"2024-08-02T23:40:01.000+02:00",
      "sleepEnd":"2024-08-03T07:10:01.000+02:00","rating":"SLEPT_WELL","sleepGoal":"PT8H",
      "deviceId":"FA4E0003","alarmSnoozeTimes":[],
      "sleepStateChanges":[{"offsetFromStart":"PT0S","state":"NONREM2"},
        {"offsetFromStart":"PT19M","state":"NONREM1"},
        {"offsetFromStart":"PT19M30S","state":"NONREM3"},
        {"offsetFromStart":"PT1H","state":"REM"},{"offsetFromStart":"PT2H","state":"SOMETHING"},
        {"offsetFromStart":"PT7H30M","state":"WAKE"}]},
    "sleepCycles":{"cycles":{"sleepCycleModels":[
      {"secondsFromSleepStart":0,"sleepDepthStart":0.8},{"secondsFromSleepStart":5400},
      {"secondsFromSleepStart":10800}]}}}}])"};

inline constexpr export_sample sleep_score_file{
    "sleep_score_123-28039c6b-e86f-4e0e-afa8-b30d04364871.json", R"([{"night":"2024-08-03",
  "sleepScoreResult":{"sleepScore":77.6,"sleepTimeOwnTargetScore":80.0,"continuityScore":75.0,
    "groupDurationScore":81.5,"groupSolidityScore":70.25,"groupRefreshScore":79.0,"scoreRate":4},
  "sleepScoreBaselines":{"sleepTimeAverageMinutes":450.0}}])"};

inline constexpr export_sample nightly_recovery_file{
    "nightly_recovery_123-28039c6b-e86f-4e0e-afa8-b30d04364871.json", R"([
  {"night":"2024-08-03","meanNightlyRecoveryRri":1017,"meanNightlyRecoveryRmssd":42.5,
   "meanNightlyRecoveryRespirationInterval":4255,"ansStatus":-2.5,"ansRate":2,
   "recoveryIndicator":3,"recoveryIndicatorSubLevel":10,"meanBaselineRri":1000},
  {"night":"2024-08-04","meanNightlyRecoveryRri":"998","meanNightlyRecoveryRmssd":"NaN"}])"};

inline constexpr export_sample calendar_items_file{
    "calendar-items-28039c6b-e86f-4e0e-afa8-b30d04364871.json", R"({"physicalInformations":[],
  "weights":[{"weight":75.5,"date":"2024-08-03"},{"weight":74.25,"date":"2024-08-10T07:30:00.000"}],
  "notes":[{"note":"x","date":"2024-08-03"}],"feelings":[],"perceivedRecovery":[]})"};

inline constexpr export_sample ecg_file{"ecg_123-28039c6b.json", R"({
  "meta":{"id":{"startTimeSeconds":1722650000,"restOfBytes":"x"},"type":"ECG","ownerId":1},
  "data":{"sourceDeviceId":"FA4E0004","testTime":"1722650000000","timeZoneOffset":120,
    "averageHeartRateBpm":61,"heartRateVariabilityMs":41.5,
    "heartRateVariabilityLevel":"HRV_NORMAL","rriMs":983.5,"pulseArrivalTimeAtContractionMs":250.5,
    "pulseArrivalTimeAtRelaxationMs":300.5,"pulseTransitTimeQualityIndex":88,
    "samples":[{"recordingTimeDeltaMs":0,"amplitudeMv":0.125},
               {"recordingTimeDeltaMs":8,"amplitudeMv":-0.25}],
    "qualityMeasurements":[{"recordingTimeDeltaMs":0,"qualityLevel":"ECG_GOOD"}]}})"};

inline constexpr export_sample spo2_file{"spo2_123-28039c6b.json", R"([
  {"meta":{"id":{"startTimeSeconds":1722650000}},
   "data":{"recordingDevice":"FA4E0004","testTime":"1722650000000","timeZoneOffset":120,
     "testStatus":"SPO2_TEST_PASSED","bloodOxygenPercent":97,"spo2Class":"SPO2_CLASS_NORMAL",
     "spo2QualityAveragePercent":90.5,"averageHeartRateBpm":60,"altitudeMeters":12}},
  {"meta":{"id":{"startTimeSeconds":1722650000}},
   "data":{"skinContactChanges":[{"recordingTimeDeltaMilliseconds":"0","skinContact":true}]}}])"};

inline constexpr export_sample temperature_file{"temperature_123-28039c6b.json", R"({
  "meta":{"id":{"startTimeSeconds":1722650000},"endTime":"2024-08-03T03:00:00.000"},
  "data":{"measurementType":"TM_SKIN_TEMPERATURE","sourceDeviceId":"FA4E0004",
    "sensorLocation":"SL_DISTAL","temperatureMeasurementSamples":[
      {"recordingTimeDeltaMilliseconds":"0","temperatureCelsius":33.5},
      {"recordingTimeDeltaMilliseconds":"60000","temperatureCelsius":"NaN"},
      {"recordingTimeDeltaMilliseconds":"120000","temperatureCelsius":33.75}]}})"};

inline constexpr std::array export_samples{
    old_session_file,  new_session_file, activity_file,         heart_rate_file,
    sleep_result_file, sleep_score_file, nightly_recovery_file, calendar_items_file,
    ecg_file,          spo2_file,        temperature_file};

} // namespace polar_flow::testing
