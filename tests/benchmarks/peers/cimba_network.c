/*
 * The core network in C on the Cimba library, written as Cimba's tutorial writes models: one process per dispute,
 * derived from cmb_process, a process that lets disputes arrive and one that clears away those that have left.
 *
 * Answers each line "disputes hours seed" on its input with one line of JSON, like the programs in Python beside it.
 */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cimba.h>

#define TIERS 3
#define SESSIONS 3
#define GROUPS 1772
#define VILLAGES 72
#define COUNTY_POSTS 4
#define MEAN_GAP_HOURS 72.0
#define SETTLED_PROB 0.31002551887238755

static const double mean_hours[TIERS] = {8.0, 12.0, 24.0};

struct network {
    struct cmb_resource *groups[GROUPS];
    struct cmb_resource *villages[VILLAGES];
    struct cmb_resourcepool *county;
    struct cmb_objectqueue *departed;
    uint64_t disputes;
    double mean_interarrival_hours;
    uint64_t settled[TIERS];
    double hours_in_system;
};

struct dispute {
    struct cmb_process core;
    unsigned group;
    double arrived;
};

static bool settled_in_session(struct network *net, const struct dispute *case_, unsigned tier)
{
    const unsigned village = case_->group * VILLAGES / GROUPS;
    if (tier == 0) {
        cmb_resource_acquire(net->groups[case_->group]);
    } else if (tier == 1) {
        cmb_resource_acquire(net->villages[village]);
    } else {
        cmb_resourcepool_acquire(net->county, 1u);
    }
    cmb_process_hold(cmb_random_exponential(mean_hours[tier]));
    if (tier == 0) {
        cmb_resource_release(net->groups[case_->group]);
    } else if (tier == 1) {
        cmb_resource_release(net->villages[village]);
    } else {
        cmb_resourcepool_release(net->county, 1u);
    }
    return cmb_random_bernoulli(SETTLED_PROB);
}

static void *dispute_process(struct cmb_process *me, void *context)
{
    struct dispute *case_ = (struct dispute *)me;
    struct network *net = context;
    bool settled = false;
    for (unsigned tier = 0; tier < TIERS && !settled; tier++) {
        for (unsigned session = 0; session < SESSIONS && !settled; session++) {
            if (session > 0) {
                cmb_process_hold(cmb_random_exponential(MEAN_GAP_HOURS));
            }
            settled = settled_in_session(net, case_, tier);
        }
        net->settled[tier] += settled;
    }
    net->hours_in_system += cmb_time() - case_->arrived;
    cmb_objectqueue_put(net->departed, case_);
    return NULL;
}

static void *arrival_process(struct cmb_process *me, void *context)
{
    cmb_unused(me);
    struct network *net = context;
    for (uint64_t arrival = 0; arrival < net->disputes; arrival++) {
        cmb_process_hold(cmb_random_exponential(net->mean_interarrival_hours));
        struct dispute *case_ = malloc(sizeof *case_);
        case_->group = (unsigned)cmb_random_discrete_uniform(GROUPS);
        case_->arrived = cmb_time();
        cmb_process_initialize(&case_->core, "Dispute", dispute_process, net, 0);
        cmb_process_start(&case_->core);
    }
    return NULL;
}

static void *departure_process(struct cmb_process *me, void *context)
{
    cmb_unused(me);
    struct network *net = context;
    while (true) {
        void *left = NULL;
        (void)cmb_objectqueue_get(net->departed, &left);
        cmb_process_terminate(left);
        free(left);
    }
    return NULL;
}

static void open_pools(struct network *net)
{
    for (unsigned unit = 0; unit < GROUPS; unit++) {
        net->groups[unit] = cmb_resource_create();
        cmb_resource_initialize(net->groups[unit], "Group");
    }
    for (unsigned unit = 0; unit < VILLAGES; unit++) {
        net->villages[unit] = cmb_resource_create();
        cmb_resource_initialize(net->villages[unit], "Village");
    }
    net->county = cmb_resourcepool_create();
    cmb_resourcepool_initialize(net->county, "County", COUNTY_POSTS);
    net->departed = cmb_objectqueue_create();
    cmb_objectqueue_initialize(net->departed, "Departed", CMB_UNLIMITED);
}

static void close_pools(struct network *net)
{
    for (unsigned unit = 0; unit < GROUPS; unit++) {
        cmb_resource_terminate(net->groups[unit]);
        cmb_resource_destroy(net->groups[unit]);
    }
    for (unsigned unit = 0; unit < VILLAGES; unit++) {
        cmb_resource_terminate(net->villages[unit]);
        cmb_resource_destroy(net->villages[unit]);
    }
    cmb_resourcepool_terminate(net->county);
    cmb_resourcepool_destroy(net->county);
    cmb_objectqueue_terminate(net->departed);
    cmb_objectqueue_destroy(net->departed);
}

static void run(struct network *net, uint64_t seed)
{
    cmb_logger_flags_off(CMB_LOGGER_INFO);
    cmb_event_queue_initialize(0.0);
    cmb_random_initialize(seed);
    open_pools(net);
    struct cmb_process *arrivals = cmb_process_create();
    cmb_process_initialize(arrivals, "Arrivals", arrival_process, net, 0);
    cmb_process_start(arrivals);
    struct cmb_process *departures = cmb_process_create();
    cmb_process_initialize(departures, "Departures", departure_process, net, 0);
    cmb_process_start(departures);

    cmb_event_queue_execute();

    cmb_process_terminate(arrivals);
    cmb_process_destroy(arrivals);
    cmb_process_stop(departures, NULL);
    cmb_process_terminate(departures);
    cmb_process_destroy(departures);
    close_pools(net);
    cmb_event_queue_terminate();
    cmb_random_terminate();
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(void)
{
    uint64_t disputes;
    uint64_t seed;
    double hours;
    printf("{\"version\": \"%s\"}\n", cimba_version());
    fflush(stdout);
    while (scanf("%" SCNu64 " %lf %" SCNu64, &disputes, &hours, &seed) == 3) {
        struct network *net = calloc(1, sizeof *net);
        net->disputes = disputes;
        net->mean_interarrival_hours = hours / (double)disputes;
        const double start = processor_seconds();
        run(net, seed);
        const double seconds = processor_seconds() - start;
        printf("{\"seconds\": %.9f, \"disputes\": %" PRIu64 ", \"settled\": [%" PRIu64 ", %" PRIu64 ", %" PRIu64
               "], \"mean_hours\": %.6f}\n",
               seconds, disputes, net->settled[0], net->settled[1], net->settled[2],
               net->hours_in_system / (double)disputes);
        fflush(stdout);
        free(net);
    }
    return 0;
}
